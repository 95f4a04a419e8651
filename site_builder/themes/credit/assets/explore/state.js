// A view of a table, as the address says it: `#year=2024&sort=-listed_on&has.category=…&count=authority&all=1`. What
// follows the `#` stays in the browser; the same after a question mark is understood and never written.

import { isBegun, masked } from '../search/lookup/resident.js';

const FILTER = 'has.';

/** Whether the part of an address after its `#` is a view, and no place on the page. */
export function isView(hash) {
  return hash.includes('=');
}

/** The view an address stands for; columns that the table has not are left out. */
export function fromAddress(address, names) {
  const { hash, searchParams } = new URL(address);
  const params = isView(hash) ? new URLSearchParams(hash.slice(1)) : searchParams;
  const sort = params.get('sort') ?? '';
  const by = sort.replace(/^-/, '');
  const count = params.get('count') ?? '';
  const filters = {};
  for (const [key, value] of params) {
    const name = key.startsWith(FILTER) ? key.slice(FILTER.length) : '';
    if (names.includes(name) && value !== '') filters[name] = masked(value).slice(0, 200);
  }
  return {
    year: (params.get('year') ?? '').slice(0, 4),
    sort: names.includes(by) ? sort : '',
    count: names.includes(count) ? count : '',
    all: params.get('all') === '1',
    filters,
  };
}

/**
 * The address of a view, from its page; what is usual is left out, and so is all of a resident ID number that is not shown:
 * while somebody is typing (`isTyping`), of a filter with many digits all.
 */
export function toAddress(view, isTyping = false) {
  const params = new URLSearchParams();
  if (view.year !== '') params.set('year', view.year);
  if (view.sort !== '') params.set('sort', view.sort);
  for (const [name, typed] of Object.entries(view.filters)) {
    const value = masked(typed);
    if (value !== '' && !(isTyping && isBegun(value))) params.set(FILTER + name, value);
  }
  if (view.count !== '') params.set('count', view.count);
  if (view.all) params.set('all', '1');
  const told = params.toString();
  return told === '' ? './' : `./#${told}`;
}
