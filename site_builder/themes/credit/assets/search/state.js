// What is searched for, as the address says it: `search/?q=…&kind=…&page=…`.

export const FACETS = ['kind', 'year', 'region', 'category', 'authority'];

/** The state an address stands for. */
export function fromAddress(address) {
  const params = new URL(address).searchParams;
  const page = Number.parseInt(params.get('page') ?? '1', 10);
  const state = {
    q: (params.get('q') ?? '').slice(0, 100).trim(),
    sort: params.get('sort') === 'date' ? 'date' : 'relevance',
    page: Number.isSafeInteger(page) && page > 0 ? page : 1,
  };
  for (const name of FACETS) state[name] = (params.get(name) ?? '').slice(0, 100);
  return state;
}

/** The query part of the address of a state; what is usual is left out. */
export function toQuery(state) {
  const params = new URLSearchParams();
  if (state.q !== '') params.set('q', state.q);
  for (const name of FACETS) if (state[name] !== '') params.set(name, state[name]);
  if (state.sort === 'date') params.set('sort', 'date');
  if (state.page > 1) params.set('page', String(state.page));
  const query = params.toString();
  return query === '' ? './' : `?${query}`;
}

/** The filters of a state as the sources take them: `{field: [value]}`. */
export function filtersOf(state) {
  return Object.fromEntries(FACETS.filter((name) => state[name] !== '').map((name) => [name, [state[name]]]));
}
