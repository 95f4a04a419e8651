// The rows of a table, from the files of its years; only those that are looked at are fetched.

const fetched = new Map();

/** Today in China, where a last day ends. */
const today = () => new Date(Date.now() + 8 * 3600 * 1000).toISOString().slice(0, 10);

async function rowsOf(href) {
  const answer = await fetch(href);
  if (!answer.ok) throw new Error(`${href}: ${answer.status}`);
  const text = await answer.text();
  const day = today();
  return text.split('\n').filter((line) => line !== '').map((line) => JSON.parse(line))
    .filter((row) => !row.public_until || row.public_until >= day);
}

/** The rows of these files, one after another; `told(done, of)` after each. What was fetched before is kept. */
export async function load(hrefs, told) {
  const all = [];
  for (const [place, href] of hrefs.entries()) {
    if (!fetched.has(href)) fetched.set(href, await rowsOf(href));
    all.push(fetched.get(href));
    told(place + 1, hrefs.length);
  }
  return all.flat();
}

/** A value as text, as it is filtered, counted and saved. */
export function textOf(value) {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.join('；');
  return String(value);
}

/** How many rows have each value of a column, the most first; a list counts for each of its items. */
export function countBy(rows, name) {
  const counts = new Map();
  for (const row of rows) {
    const values = Array.isArray(row[name]) ? row[name] : [textOf(row[name])];
    for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return [...counts].sort((one, two) => two[1] - one[1] || (one[0] < two[0] ? -1 : 1));
}
