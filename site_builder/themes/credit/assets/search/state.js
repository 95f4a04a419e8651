// What is searched for, as the address says it: `search/#q=…&kind=…&page=…`. What follows the `#` stays in the browser;
// the same after a question mark, which a server is sent, is understood and never written.

const OWN = ['q', 'sort', 'page'];

/** Whether the part of an address after its `#` is a state, and no place on the page. */
export function isState(hash) {
  return hash.includes('=');
}

/** The state an address stands for: `filters` is all it says beside the question, the order and the page. */
export function fromAddress(address) {
  const { hash, searchParams } = new URL(address);
  const params = isState(hash) ? new URLSearchParams(hash.slice(1)) : searchParams;
  const page = Number.parseInt(params.get('page') ?? '1', 10);
  return {
    q: (params.get('q') ?? '').slice(0, 100).trim(),
    sort: params.get('sort') === 'date' ? 'date' : 'relevance',
    page: Number.isSafeInteger(page) && page > 0 ? page : 1,
    filters: Object.fromEntries(
      [...params].filter(([name, value]) => !OWN.includes(name) && value !== '')
        .map(([name, value]) => [name, value.slice(0, 100)]),
    ),
  };
}

/** A state with another value of a filter, empty for none. */
export function filtered(state, name, value) {
  return { ...state, filters: { ...state.filters, [name]: value } };
}

/** The address of a state, from the search page; what is usual is left out. */
export function toAddress(state) {
  const params = new URLSearchParams();
  if (state.q !== '') params.set('q', state.q);
  for (const [name, value] of Object.entries(state.filters)) if (value !== '') params.set(name, value);
  if (state.sort === 'date') params.set('sort', 'date');
  if (state.page > 1) params.set('page', String(state.page));
  const told = params.toString();
  return told === '' ? './' : `./#${told}`;
}

/** The filters of a state as the sources take them, `{field: [value]}`: those the index knows. */
export function filtersOf(state, facets) {
  return Object.fromEntries(
    facets.filter(({ name }) => state.filters[name]).map(({ name }) => [name, [state.filters[name]]]),
  );
}
