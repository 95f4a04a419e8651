// What is searched for, as the address says it: `search/#q=…&kind=…&page=…`. What follows the `#` stays in the browser;
// the same after a question mark, which a server is sent, is understood and never written.

import { masked } from './lookup/resident.js';

const OWN = ['q', 'sort', 'page'];
const LONGEST = 100;

/** So much of what was typed is read: a number is masked before anything is cut, or a part of it would be left. */
const READ = 20 * LONGEST;

/** What a filter is called: anything else in an address is none. */
const NAME = /^[a-z][a-z_]*$/;

/** Whether the part of an address after its `#` is a state, and no place on the page. */
export function isState(hash) {
  return hash.includes('=');
}

function paramsOf(address) {
  const { hash, searchParams } = new URL(address);
  return isState(hash) ? new URLSearchParams(hash.slice(1)) : searchParams;
}

/** What stands around what was copied, and belongs to no name, code or number. */
export const AROUND = /^[\s，。、；：,;:]+|[\s，。、；：,;:]+$/gu;

/** What a copied line calls what it tells. */
const LABEL = /^(?:[^：:]{0,12}(?:代码|名称|姓名|文号|字号|号码|编号|注册号)\s*[：:]\s*)+/u;

/** A text as an address may hold it: a resident ID number as the site shows one. */
function told(text) {
  return masked(text.slice(0, READ).trim()).slice(0, LONGEST).trim();
}

/** What is asked of what was typed. */
export function asked(typed) {
  return told(typed.slice(0, READ).replace(AROUND, '').replace(LABEL, ''));
}

/** The state an address stands for: `filters` is all it says beside the question, the order and the page. */
export function fromAddress(address) {
  const params = paramsOf(address);
  const page = Number.parseInt(params.get('page') ?? '1', 10);
  return {
    q: asked(params.get('q') ?? ''),
    sort: params.get('sort') === 'date' ? 'date' : 'relevance',
    page: Number.isSafeInteger(page) && page > 0 ? page : 1,
    filters: Object.fromEntries(
      [...params].filter(([name, value]) => !OWN.includes(name) && NAME.test(name) && value !== '')
        .map(([name, value]) => [name, told(value)]),
    ),
  };
}

/** A state with another value of a filter, empty for none. */
export function filtered(state, name, value) {
  return { ...state, filters: { ...state.filters, [name]: value } };
}

/** The address of a state, from the search page; what is usual is left out, and so is all of a number that is not shown. */
export function toAddress(state) {
  const params = new URLSearchParams();
  if (state.q !== '') params.set('q', asked(state.q));
  for (const [name, value] of Object.entries(state.filters)) if (value !== '') params.set(name, told(value));
  if (state.sort === 'date') params.set('sort', 'date');
  if (state.page > 1) params.set('page', String(state.page));
  const written = params.toString();
  return written === '' ? './' : `./#${written}`;
}

/** The filters of a state as the sources take them, `{field: [value]}`: those the index knows. */
export function filtersOf(state, facets) {
  return Object.fromEntries(
    facets.filter(({ name }) => state.filters[name]).map(({ name }) => [name, [state.filters[name]]]),
  );
}
