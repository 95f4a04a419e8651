// What is searched for, as the address says it: `search/?q=…&kind=…&page=…`.

const OWN = ['q', 'sort', 'page'];

/** The state an address stands for: `filters` is all it says beside the question, the order and the page. */
export function fromAddress(address) {
  const params = new URL(address).searchParams;
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

/** The query part of the address of a state; what is usual is left out. */
export function toQuery(state) {
  const params = new URLSearchParams();
  if (state.q !== '') params.set('q', state.q);
  for (const [name, value] of Object.entries(state.filters)) if (value !== '') params.set(name, value);
  if (state.sort === 'date') params.set('sort', 'date');
  if (state.page > 1) params.set('page', String(state.page));
  const query = params.toString();
  return query === '' ? './' : `?${query}`;
}

/** The filters of a state as the sources take them, `{field: [value]}`: those the index knows. */
export function filtersOf(state, facets) {
  return Object.fromEntries(
    facets.filter(({ name }) => state.filters[name]).map(({ name }) => [name, [state.filters[name]]]),
  );
}
