// A result as CSV, safe for spreadsheets, saved by the browser; nothing is sent anywhere.

const FORMULA = /^[=+\-@\t\r']/;

function cell(value) {
  const guarded = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}

/** Rows of text as CSV with a byte order mark. */
export function toCsv(rows) {
  return `\ufeff${rows.map((row) => row.map((value) => cell(String(value ?? ''))).join(',')).join('\r\n')}\r\n`;
}

/** Offer text as a file to save. */
export function save(name, text) {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}
