// Hits, facets and page links as elements. Whatever comes from an index is set as text, never as HTML.

import { FACETS, toQuery } from './state.js';

/** Kinds of hits as they are called; further kinds of this site as the form calls them. */
export const KINDS = {
  ...Object.fromEntries([...document.querySelectorAll('input[name="kind"]')]
    .map((one) => [one.value, one.parentElement.textContent.trim()])),
  'severe-list': '严重失信主体名单',
  measures: '信用奖惩措施',
  'role-models': '诚信典型',
  laws: '政策法规',
  pages: '办事指南',
};
const FACET_NAMES = { kind: '类别', year: '年份', region: '地区', category: '类型', authority: '单位' };
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

/** One hit. */
export function hitItem(hit, root) {
  const link = element('a', {
    href: new URL(hit.href, root).href,
    'data-result': '',
    'data-kind': hit.kind,
    'data-match': hit.match,
    'data-id': hit.id === '' ? undefined : hit.id,
  }, name(hit));
  const facts = [KINDS[hit.kind] ?? '', hit.code, hit.number, hit.date].filter((fact) => fact);
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
  const chosen = state[field] === value;
  const next = { ...state, [field]: chosen ? '' : value, page: 1 };
  return element(
    'li',
    {},
    element(
      'a',
      { href: toQuery(next), 'data-go': '', 'aria-current': chosen ? 'true' : undefined },
      label,
      ' ',
      element('span', { class: 'count' }, String(count)),
    ),
  );
}

/** The facets with their counts, `{field: [[value, count], …]}`; a chosen value is always there, to be let go. */
export function facetList(state, counts) {
  return FACETS.map((field) => {
    const known = counts[field] ?? [];
    const values = (field === 'year' ? known.slice().sort((one, other) => (one[0] < other[0] ? 1 : -1)) : known)
      .slice(0, SHOWN_VALUES);
    if (state[field] !== '' && !values.some(([value]) => value === state[field])) {
      values.push([state[field], known.find(([value]) => value === state[field])?.[1] ?? 0]);
    }
    if (values.length < 2 && state[field] === '') return undefined;
    const label = (value) => (field === 'kind' ? KINDS[value] ?? value : value);
    return element(
      'nav',
      { 'aria-label': FACET_NAMES[field] },
      element('h2', {}, FACET_NAMES[field]),
      element('ul', {}, ...values.map(([value, count]) => facetLink(state, field, value, label(value), count))),
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
      : element('a', { href: toQuery({ ...state, page }), 'data-go': '' }, String(page)),
  )));
}
