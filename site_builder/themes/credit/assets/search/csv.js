// A result as CSV, safe for spreadsheets, saved by the browser; nothing is sent anywhere.

const FORMULA = /^[=+\-@\t\r']/;
const LONGEST_NAME = 75;

function cell(value) {
  const guarded = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}

/** Rows of text as CSV with a byte order mark. */
export function toCsv(rows) {
  return `\ufeff${rows.map((row) => row.map((value) => cell(String(value ?? ''))).join(',')).join('\r\n')}\r\n`;
}

/** A file's name that says what is in it: whose it is and what (`parts`), and of which day. */
export function fileName(parts, day, extension) {
  const told = parts.map((part) => part.replace(/[\\/:*?"<>|\s]+/g, ' ').trim()).join('-').slice(0, LONGEST_NAME);
  return `${told}-${day}.${extension}`;
}

/** Offer a file, CSV where it is text, to be saved. */
export function save(name, file) {
  const blob = typeof file === 'string' ? new Blob([file], { type: 'text/csv;charset=utf-8' }) : file;
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}
