// Hits, facets and page links as elements. Whatever comes from an index is set as text, never as HTML.

import { filtered, toAddress } from './state.js';

const SHOWN_VALUES = 12;

function todayInChina() {
  return new Date(Date.now() + 8 * 3600 * 1000).toISOString().slice(0, 10);
}

/** Whether a hit may still be shown today. */
export function isCurrent(hit) {
  return !hit.publicUntil || hit.publicUntil >= todayInChina();
}

/** An element with attributes and children; children that are strings become text. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value !== undefined) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

function name(hit) {
  return element('bdi', {}, hit.title);
}

function excerpt(parts) {
  return element('p', { class: 'excerpt' }, ...parts.map((part) => (part.mark ? element('mark', {}, part.text) : part.text)));
}

/** What a facet of the index's header calls a value. */
export function wordOf(facets, field, value) {
  const words = facets.find(({ name: one }) => one === field)?.words ?? {};
  return Object.hasOwn(words, value) ? words[value] : value;
}

/** One hit; `facets` are the header's. */
export function hitItem(hit, root, facets) {
  const link = element('a', {
    href: new URL(hit.href, root).href,
    'data-result': '',
    'data-kind': hit.kind,
    'data-match': hit.match,
    'data-id': hit.id === '' ? undefined : hit.id,
  }, name(hit));
  const facts = [wordOf(facets, 'kind', hit.kind), hit.code, hit.number, hit.date].filter((fact) => fact);
  return element(
    'li',
    { 'data-public-until': hit.publicUntil === '' ? undefined : hit.publicUntil },
    link,
    element('p', { class: 'sub' }, facts.join(' · ')),
    ...(hit.note ? [element('p', { class: 'note' }, hit.note)] : []),
    ...(hit.excerpt ? [excerpt(hit.excerpt)] : []),
  );
}

function facetLink(state, field, value, label, count) {
  const chosen = state.filters[field] === value;
  const next = { ...filtered(state, field, chosen ? '' : value), page: 1 };
  return element(
    'li',
    {},
    element(
      'a',
      { href: toAddress(next), 'data-go': '', 'aria-current': chosen ? 'true' : undefined },
      label,
      ' ',
      element('span', { class: 'count' }, String(count)),
    ),
  );
}

/** The header's facets with their counts, `{field: [[value, count], …]}`; a chosen value is always there, to be let go. */
export function facetList(state, facets, counts) {
  return facets.map(({ name: field, label, newest }) => {
    const known = counts[field] ?? [];
    const own = state.filters[field] ?? '';
    const values = (newest ? known.slice().sort((one, other) => (one[0] < other[0] ? 1 : -1)) : known)
      .slice(0, SHOWN_VALUES);
    if (own !== '' && !values.some(([value]) => value === own)) {
      values.push([own, known.find(([value]) => value === own)?.[1] ?? 0]);
    }
    if (values.length < 2 && own === '') return undefined;
    const links = values.map(([value, count]) => facetLink(state, field, value, wordOf(facets, field, value), count));
    return element(
      'nav',
      { 'aria-label': label },
      element('h2', {}, label),
      element('ul', {}, ...links),
    );
  }).filter((made) => made !== undefined);
}

/** Links to the pages of a result: the first, the last, and those around the current one. */
export function pageLinks(state, pages) {
  const near = new Set([1, pages, state.page - 1, state.page, state.page + 1]);
  const shown = [...near].filter((page) => page >= 1 && page <= pages).sort((one, other) => one - other);
  return element('ul', {}, ...shown.map((page) => element(
    'li',
    {},
    page === state.page
      ? element('span', { 'aria-current': 'page' }, String(page))
      : element('a', { href: toAddress({ ...state, page }), 'data-go': '' }, String(page)),
  )));
}
