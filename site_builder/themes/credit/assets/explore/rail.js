// What a table may be narrowed by, beside it: the values of a few columns, each with how many rows it would leave.

import { countBy } from './rows.js';

const MOST = 10;

function item(text, number, chosen, press) {
  const button = document.createElement('button');
  button.type = 'button';
  button.setAttribute('aria-pressed', String(chosen));
  const count = document.createElement('span');
  count.textContent = number.toLocaleString();
  button.append(text, ' ', count);
  button.addEventListener('click', press);
  const line = document.createElement('li');
  line.append(button);
  return line;
}

/**
 * Fill `rail`. Of each of the `columns`: its values, most first, counted in the `rows` that `passes(row, name)` all
 * filters but the column's own. `wordOf` tells a value in words, `filterOf` what the column is filtered by to show it;
 * `filters` are those in use, and `choose(name, filter)` sets one.
 */
export function showRail(rail, columns, rows, { passes, wordOf, filterOf, filters, choose }) {
  const held = rail.contains(document.activeElement) ? document.activeElement.closest('li') : null;
  const place = held === null ? null : [held.closest('section').dataset.column, held.querySelector('button').firstChild.data];
  rail.replaceChildren(...columns.map((column) => {
    const found = countBy(rows.filter((row) => passes(row, column.name)), column.name).filter(([value]) => value !== '');
    const chosen = filters[column.name] ?? '';
    const shown = found.filter(([value], at) => at < MOST || filterOf(column, value) === chosen);
    const section = document.createElement('section');
    section.dataset.column = column.name;
    const head = document.createElement('h2');
    head.textContent = column.label;
    const list = document.createElement('ul');
    list.append(...shown.map(([value, number]) => {
      const filter = filterOf(column, value);
      return item(wordOf(column, value), number, filter === chosen, () => choose(column.name, filter === chosen ? '' : filter));
    }));
    section.append(head, list);
    if (found.length > shown.length) {
      const more = document.createElement('p');
      more.className = 'note';
      more.textContent = `另有 ${found.length - shown.length} 个，在列名下的框里写`;
      section.append(more);
    }
    return section;
  }));
  if (place === null) return;
  const again = [...rail.querySelectorAll('button')].find((one) => one.closest('section').dataset.column === place[0] && one.firstChild.data === place[1]);
  again?.focus();
}
