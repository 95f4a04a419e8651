// A view of a table, as the address says it: `?year=2024&sort=-listed_on&has.category=…&count=authority&all=1`.

const FILTER = 'has.';

/** The view an address stands for; columns that the table has not are left out. */
export function fromAddress(address, names) {
  const params = new URL(address).searchParams;
  const sort = params.get('sort') ?? '';
  const by = sort.replace(/^-/, '');
  const count = params.get('count') ?? '';
  const filters = {};
  for (const [key, value] of params) {
    const name = key.startsWith(FILTER) ? key.slice(FILTER.length) : '';
    if (names.includes(name) && value !== '') filters[name] = value.slice(0, 200);
  }
  return {
    year: (params.get('year') ?? '').slice(0, 4),
    sort: names.includes(by) ? sort : '',
    count: names.includes(count) ? count : '',
    all: params.get('all') === '1',
    filters,
  };
}

/** The query part of the address of a view; what is usual is left out. */
export function toQuery(view) {
  const params = new URLSearchParams();
  if (view.year !== '') params.set('year', view.year);
  if (view.sort !== '') params.set('sort', view.sort);
  for (const [name, value] of Object.entries(view.filters)) if (value !== '') params.set(FILTER + name, value);
  if (view.count !== '') params.set('count', view.count);
  if (view.all) params.set('all', '1');
  const query = params.toString();
  return query === '' ? './' : `?${query}`;
}
