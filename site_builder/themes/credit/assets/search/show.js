// Hits, facets and page links as elements. Whatever comes from an index is set as text, never as HTML.

import { marks } from './lookup/normalise.js';
import { tellsNumber } from './lookup/resident.js';
import {
  asked, filtered, fromAddress, isState, toAddress,
} from './state.js';

const SHOWN_VALUES = 12;
const EQUAL = 3;
const OBJECTION = '异议处理中';
const ORDERS = { relevance: '相关', date: '日期' };

/** The day in Asia/Shanghai, `YYYY-MM-DD`. */
export function todayInChina() {
  return new Date(Date.now() + 8 * 3600 * 1000).toISOString().slice(0, 10);
}

/** Whether a hit may still be shown today. */
export function isCurrent(hit) {
  return !hit.publicUntil || hit.publicUntil >= todayInChina();
}

/** Whether a hit's name, code or number is all of what was asked, and does not only hold it. */
export function isEqual({ score }) {
  return score === EQUAL;
}

/** An element with attributes and children; children that are strings become text. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value !== undefined) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/** Parts of a text, `[{text, mark}]`, as nodes. */
function marked(parts) {
  return parts.map((part) => (part.mark ? element('mark', {}, part.text) : part.text));
}

/** What a facet of the index's header calls a value. */
export function wordOf(facets, field, value) {
  const words = facets.find(({ name: one }) => one === field)?.words ?? {};
  return Object.hasOwn(words, value) ? words[value] : value;
}

/** The kinds in the order hits are grouped by, the gravest first. */
export function kindsOf(facets) {
  return Object.keys(facets.find(({ name }) => name === 'kind').words);
}

/** A hit's kind as a small tag, coloured by what it means. */
function tag(hit, facets) {
  const tones = facets.find(({ name }) => name === 'kind').tones ?? {};
  return element('span', { class: 'tag', 'data-tone': tones[hit.kind] }, wordOf(facets, 'kind', hit.kind));
}

function note(text) {
  const parts = text.split(' · ');
  if (!parts.includes(OBJECTION)) return element('p', { class: 'note' }, text);
  const rest = parts.filter((part) => part !== OBJECTION).join(' · ');
  return element('p', { class: 'note' }, rest, ' ', element('span', { class: 'mark' }, OBJECTION));
}

/** One hit, with the `site` it is of where several are searched; `facets` are the header's, `words` the folded words that are marked in it. */
function hitItem(hit, root, facets, words) {
  const link = element('a', {
    href: new URL(hit.href, root).href,
    'data-result': '',
    'data-kind': hit.kind,
    'data-match': hit.match,
    'data-id': hit.id === '' ? undefined : hit.id,
    'data-member': hit.member,
  }, element('bdi', {}, ...marked(marks(hit.title, words))));
  const facts = [hit.code, hit.number].filter((fact) => fact)
    .map((fact) => element('span', { class: 'code' }, ...marked(marks(fact, words))));
  if (hit.date && !hit.note?.includes(hit.date)) facts.push(element('time', {}, hit.date));
  return element(
    'li',
    { 'data-public-until': hit.publicUntil === '' ? undefined : hit.publicUntil },
    link,
    element('p', { class: 'sub' }, tag(hit, facets), ...(hit.site ? [element('span', { class: 'member' }, hit.site)] : []), ...facts),
    ...(hit.note ? [note(hit.note)] : []),
    ...(hit.excerpt ? [element('p', { class: 'excerpt' }, ...marked(hit.excerpt))] : []),
  );
}

/**
 * The hits of a page in groups: a kind and a source each, with how many there are in all; `counts` is
 * `{lookup: [[kind, count], …], text: …}`.
 */
export function hitGroups(hits, root, facets, words, counts) {
  const groups = new Map();
  for (const hit of hits) {
    const key = `${hit.match} ${hit.kind}`;
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push(hit);
  }
  return [...groups.values()].map((group) => {
    const { kind, match } = group[0];
    const count = counts[match]?.find(([value]) => value === kind)?.[1];
    const told = match === 'text' ? '文字里提到的 ' : '';
    return element(
      'section',
      { class: 'result-group' },
      element('h2', {}, wordOf(facets, 'kind', kind), ...(count === undefined ? [] : [element('span', { class: 'count' }, `${told}${count} 条`)])),
      element('ol', {}, ...group.map((hit) => hitItem(hit, root, facets, words))),
    );
  });
}

function choice(state, next, chosen, attributes, ...children) {
  return element('li', {}, element('a', {
    href: toAddress({ ...next, page: 1 }), 'data-go': '', 'aria-current': chosen ? 'true' : undefined, ...attributes,
  }, ...children));
}

/** A part of the bar that opens to its choices; one that was made stands beside its label. */
function menu(label, chosen, choices) {
  return element(
    'details',
    { name: 'facet', class: chosen === '' ? 'facet' : 'facet chosen' },
    element('summary', {}, chosen === '' ? label : `${label}：${chosen}`),
    element('nav', { 'aria-label': label }, element('ul', {}, ...choices)),
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
    const choices = values.map(([value, count]) => {
      const next = filtered(state, field, value === own ? '' : value);
      const number = element('span', { class: 'count' }, String(count));
      return choice(state, next, value === own, {}, wordOf(facets, field, value), ' ', number);
    });
    return menu(label, own === '' ? '' : wordOf(facets, field, own), choices);
  }).filter((made) => made !== undefined);
}

/** The orders hits may stand in; the usual one is not named. */
export function orderList(state) {
  const choices = Object.entries(ORDERS).map(
    ([sort, word]) => choice(state, { ...state, sort }, sort === state.sort, { 'data-sort': sort }, word),
  );
  return menu('排序', state.sort === 'date' ? ORDERS.date : '', choices);
}

function pageLink(state, page, text, attributes = {}) {
  return element('li', {}, element('a', { href: toAddress({ ...state, page }), 'data-go': '', ...attributes }, text));
}

/** Links to the pages of a result: the first, the last, those around the current one, and the next; `…` for what is left out. */
export function pageLinks(state, pages) {
  const near = new Set([1, pages, state.page - 1, state.page, state.page + 1]);
  const shown = [...near].filter((page) => page >= 1 && page <= pages).sort((one, other) => one - other);
  const items = shown.flatMap((page, place) => [
    ...(place > 0 && page > shown[place - 1] + 1 ? [element('li', {}, element('span', { class: 'gap' }, '…'))] : []),
    page === state.page
      ? element('li', {}, element('span', { 'aria-current': 'page' }, String(page)))
      : pageLink(state, page, String(page), { 'aria-label': `第 ${page} 页` }),
  ]);
  if (state.page > 1) items.unshift(pageLink(state, state.page - 1, '上一页', { rel: 'prev' }));
  if (state.page < pages) items.push(pageLink(state, state.page + 1, '下一页', { rel: 'next' }));
  return element('ul', {}, ...items);
}

/** Close what is open in the bar, but what holds `kept`. */
function closeMenus(facets, kept) {
  for (const menu of facets.querySelectorAll('details[open]')) if (!menu.contains(kept)) menu.open = false;
}

/**
 * Have the address, the box and the links of a search page lead to `search(state)`, for what the address asks now, too.
 * `nodes` are the page's `form`, its `box`, its `facets` and its `results`.
 */
export function steer(nodes, search) {
  const go = (state) => {
    window.history.pushState(null, '', toAddress(state));
    return search(state);
  };
  const arrive = () => {
    const { href, search: query } = window.location;
    const state = fromAddress(href);
    if (query !== '' || tellsNumber(href)) window.history.replaceState(null, '', toAddress(state));
    return search(state);
  };
  nodes.form.dataset.title = document.title;
  nodes.form.addEventListener('submit', (event) => {
    event.preventDefault();
    go({ ...fromAddress(new URL('./', window.location.href).href), q: asked(nodes.box.value) });
  });
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    const menu = document.activeElement?.closest('.facet[open]');
    closeMenus(nodes.facets, null);
    menu?.querySelector('summary').focus();
  });
  document.addEventListener('click', (event) => {
    closeMenus(nodes.facets, event.target);
    const link = event.target.closest('a[data-go]');
    if (link === null || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    go(fromAddress(link.href)).then(() => nodes.results.focus({ preventScroll: true }));
    nodes.results.scrollIntoView({ block: 'nearest' });
  });
  window.addEventListener('hashchange', ({ oldURL }) => {
    const { hash } = window.location;
    // A place on the page (the skip link): the address goes on telling what was searched for.
    if (hash !== '' && !isState(hash)) window.history.replaceState(null, '', toAddress(fromAddress(oldURL)));
    else arrive();
  });
  arrive();
}
