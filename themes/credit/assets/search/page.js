// The search page: one box, two sources (the exact lookup first, then full text), one list; the address holds the state.

import { openLookup } from './client.js';
import { save, toCsv } from './csv.js';
import { open as openText } from './fulltext.js';
import { facetList, hitItem, pageLinks } from './show.js';
import { FACETS, filtersOf, fromAddress, toQuery } from './state.js';

const PAGE = 20;
const MOST_SAVED = 2000;
const MOST_COUNTED = 20000;
const ROOT = new URL('../../', import.meta.url);
const find = (selector) => document.querySelector(selector);
const nodes = {
  form: find('form.search'),
  box: find('#q'),
  status: find('#status'),
  total: find('[data-result-total]'),
  results: find('#results'),
  pages: find('#result-pages'),
  tools: find('#result-tools'),
  facets: find('#result-facets'),
};
let sources;
let running;

/** Both sources, opened with the first query; one that failed to open is tried again with the next. */
function opened() {
  sources ??= Promise.all([
    openLookup(new URL('search/lookup/', ROOT).href),
    openText(new URL('search/fulltext/', ROOT).href),
  ]).catch((error) => {
    sources = undefined;
    throw error;
  });
  return sources;
}

function mark(state) {
  document.body.dataset.search = state;
}

/** `limit` hits from `offset`, the exact total and the facet counts; what the lookup found is no text hit again. */
async function run(state, offset, limit, signal) {
  const [lookup, text] = await opened();
  const filters = filtersOf(state);
  const exact = await lookup('search', state.q, { offset, limit, filters, order: state.sort, signal });
  const counts = await facetCounts(lookup, state, exact.facets, signal);
  const without = new Set(await lookup('rows', state.q, { signal }));
  const rest = limit - exact.hits.length;
  const words = await text.search(state.q, {
    offset: Math.max(0, offset - exact.total), limit: rest, filters, without, signal,
  });
  const hits = exact.hits.map((hit) => ({ ...hit, match: 'lookup' }));
  hits.push(...words.hits.map((hit) => ({ ...hit, match: 'text' })));
  return { total: exact.total + words.total, hits, counts: merged(counts, words.facets) };
}

/** How many exact hits each value would leave, the other filters being kept; without counts where there are too many. */
async function facetCounts(lookup, state, known, signal) {
  if (FACETS.every((field) => state[field] === '')) return known ?? lookup('facets', state.q, { signal });
  const { complete, rows } = await lookup('all', state.q, { most: MOST_COUNTED, signal });
  if (!complete) return {};
  return Object.fromEntries(FACETS.map((field) => {
    const others = FACETS.filter((other) => other !== field && state[other] !== '');
    const counts = new Map();
    for (const row of rows) {
      if (row[field] === '' || others.some((other) => row[other] !== state[other])) continue;
      counts.set(row[field], (counts.get(row[field]) ?? 0) + 1);
    }
    return [field, [...counts]];
  }));
}

function merged(one, other) {
  const fields = new Set([...Object.keys(one), ...Object.keys(other)]);
  return Object.fromEntries([...fields].map((field) => {
    const counts = new Map(one[field] ?? []);
    for (const [value, count] of other[field] ?? []) counts.set(value, (counts.get(value) ?? 0) + count);
    return [field, [...counts].sort((left, right) => right[1] - left[1] || (left[0] < right[0] ? -1 : 1))];
  }));
}

function clear() {
  nodes.results.replaceChildren();
  nodes.facets.replaceChildren();
  nodes.pages.hidden = true;
  nodes.tools.hidden = true;
  nodes.status.textContent = '';
  nodes.total.textContent = '0';
}

function todayInChina() {
  return new Date(Date.now() + 8 * 3600 * 1000).toISOString().slice(0, 10);
}

function show(state, { total, hits, counts }) {
  const today = todayInChina();
  const current = hits.filter((hit) => !hit.publicUntil || hit.publicUntil >= today);
  const pages = Math.ceil(total / PAGE);
  nodes.total.textContent = String(total);
  nodes.results.replaceChildren(...current.map((hit) => hitItem(hit, ROOT)));
  nodes.results.start = (state.page - 1) * PAGE + 1;
  nodes.facets.replaceChildren(...facetList(state, counts));
  nodes.pages.replaceChildren(pageLinks(state, pages));
  nodes.pages.hidden = pages < 2;
  nodes.tools.hidden = total === 0;
  for (const link of nodes.tools.querySelectorAll('[data-sort]')) {
    link.href = toQuery({ ...state, sort: link.dataset.sort, page: 1 });
    link.toggleAttribute('aria-current', link.dataset.sort === state.sort);
  }
  nodes.status.textContent = total === 0 ? '没有查到。未查到不代表信用良好。' : `查到 ${total} 条`;
}

/** Search for a state and show what is found; a newer search takes over from an older one. */
async function search(state) {
  running?.abort();
  const controller = new AbortController();
  running = controller;
  nodes.box.value = state.q;
  for (const radio of document.querySelectorAll('input[name="kind"]')) radio.checked = radio.value === state.kind;
  document.title = state.q === '' ? nodes.form.dataset.title : `${state.q} · ${nodes.form.dataset.title}`;
  if (state.q === '') {
    clear();
    mark('idle');
    return;
  }
  mark('busy');
  try {
    const found = await run(state, (state.page - 1) * PAGE, PAGE, controller.signal);
    if (controller.signal.aborted) return;
    show(state, found);
    mark('done');
  } catch (error) {
    if (controller.signal.aborted) return;
    clear();
    nodes.status.textContent = '查询没有完成，请稍后再试。';
    mark('error');
    if (error.name !== 'AbortError') throw error;
  }
}

function go(state) {
  window.history.pushState(null, '', toQuery(state));
  search(state);
}

async function saveAll() {
  const state = fromAddress(window.location.href);
  const { hits } = await run(state, 0, MOST_SAVED, undefined);
  const head = ['kind', 'id', 'title', 'code', 'number', 'date', 'region', 'category', 'authority', 'url'];
  const rows = hits.map((hit) => [...head.slice(0, -1).map((field) => hit[field] ?? ''), new URL(hit.href, ROOT).href]);
  save('查询结果.csv', toCsv([head, ...rows]));
}

nodes.form.dataset.title = document.title;
nodes.form.addEventListener('submit', (event) => {
  event.preventDefault();
  const kind = nodes.form.querySelector('input[name="kind"]:checked')?.value ?? '';
  go({ ...fromAddress(new URL('./', window.location.href).href), q: nodes.box.value.trim(), kind });
});
for (const radio of document.querySelectorAll('input[name="kind"]')) {
  radio.addEventListener('change', () => { if (nodes.box.value.trim() !== '') nodes.form.requestSubmit(); });
}
document.addEventListener('click', (event) => {
  const link = event.target.closest('a[data-go]');
  if (link === null || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  go(fromAddress(link.href));
  nodes.results.scrollIntoView({ block: 'nearest' });
});
nodes.tools.querySelector('[data-save]').addEventListener('click', saveAll);
window.addEventListener('popstate', () => search(fromAddress(window.location.href)));
search(fromAddress(window.location.href));
