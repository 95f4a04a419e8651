// The search page: one box, two sources (the exact lookup first, then full text), one list; the address holds the state.

import { openLookup } from './client.js';
import { save, toCsv } from './csv.js';
import { open as openText } from './fulltext.js';
import { showLike } from './like.js';
import { facetList, hitItem, isCurrent, pageLinks, wordOf } from './show.js';
import { filtered, filtersOf, fromAddress, isState, toAddress } from './state.js';

const PAGE = 20;
const MOST_SAVED = 2000;
const SAVED = [
  ['id', '编号'], ['title', '名称'], ['code', '统一社会信用代码'], ['number', '决定文书号'], ['date', '日期'],
];
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
  saved: find('#result-saved'),
  near: find('[data-near]'),
};
let running;

/** A source opened with the first query; one that failed to open is tried again with the next. */
function source(open, folder) {
  let opening;
  return () => {
    opening ??= open(new URL(folder, ROOT).href).catch((error) => {
      opening = undefined;
      throw error;
    });
    return opening;
  };
}

const openedLookup = source(openLookup, 'search/lookup/');
const openedText = source(openText, 'search/fulltext/');

function mark(state) {
  document.body.dataset.search = state;
}

/**
 * `limit` hits from `offset`, the exact total, the facets and their counts; what the lookup found is no text hit again. The
 * exact hits are given to `early` as soon as they are there.
 */
async function run(state, offset, limit, signal, early = () => {}) {
  const lookup = await openedLookup();
  const facets = await lookup('about');
  const filters = filtersOf(state, facets);
  const exact = await lookup('search', state.q, { offset, limit, filters, order: state.sort, signal });
  const hits = exact.hits.map((hit) => ({ ...hit, match: 'lookup' }));
  early(hits, facets);
  const narrowed = Object.keys(filters).length > 0;
  const like = exact.total === 0 ? await lookup('near', state.q, { signal }) : { codes: [], names: [] };
  const counts = (narrowed ? undefined : exact.facets) ?? await lookup('facets', state.q, { filters, signal });
  const text = await openedText();
  const words = await text.search(state.q, {
    offset: Math.max(0, offset - exact.total),
    limit: limit - hits.length,
    filters,
    without: async () => new Set(await lookup('rows', state.q, { signal })),
    signal,
  });
  hits.push(...words.hits.map((hit) => ({ ...hit, match: 'text' })));
  return {
    total: exact.total + words.total, hits, facets, like, counts: merged(counts, words.facets),
  };
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
  nodes.near.hidden = true;
  nodes.status.textContent = '';
  nodes.total.textContent = '0';
}

/** The hits as a list. */
function showHits(state, hits, facets) {
  nodes.results.replaceChildren(...hits.filter(isCurrent).map((hit) => hitItem(hit, ROOT, facets)));
  nodes.results.removeAttribute('data-old');
  nodes.results.start = (state.page - 1) * PAGE + 1;
}

function show(state, {
  total: all, hits, facets, counts, like,
}) {
  const total = all - hits.filter((hit) => !isCurrent(hit)).length;
  const pages = Math.ceil(all / PAGE);
  nodes.total.textContent = String(total);
  showHits(state, hits, facets);
  nodes.facets.replaceChildren(...facetList(state, facets, counts));
  nodes.pages.replaceChildren(pageLinks(state, pages));
  nodes.pages.hidden = pages < 2;
  nodes.tools.hidden = total === 0;
  nodes.saved.textContent = '';
  for (const link of nodes.tools.querySelectorAll('[data-sort]')) {
    link.href = toAddress({ ...state, sort: link.dataset.sort, page: 1 });
    if (link.dataset.sort === state.sort) link.setAttribute('aria-current', 'true');
    else link.removeAttribute('aria-current');
  }
  const others = showLike(nodes.near, state.q, like, facets);
  const said = others > 0 ? `下面有 ${others} 个相近的，是别的名称或者代码。` : '';
  nodes.status.textContent = total === 0 ? `没有查到。未查到不代表信用良好。${said}` : `查到 ${total} 条`;
}

/** Search for a state and show what is found; a newer search takes over from an older one. */
async function search(state) {
  running?.abort();
  const controller = new AbortController();
  running = controller;
  nodes.box.value = state.q;
  for (const radio of document.querySelectorAll('input[name="kind"]')) {
    radio.checked = radio.value === (state.filters.kind ?? '');
  }
  document.title = state.q === '' ? nodes.form.dataset.title : `${state.q} · ${nodes.form.dataset.title}`;
  if (state.q === '') {
    clear();
    mark('idle');
    return;
  }
  mark('busy');
  nodes.near.hidden = true;
  nodes.status.textContent = '正在查询……';
  nodes.results.setAttribute('data-old', '');
  try {
    const found = await run(state, (state.page - 1) * PAGE, PAGE, controller.signal, (hits, facets) => {
      if (hits.length > 0 && !controller.signal.aborted) showHits(state, hits, facets);
    });
    if (controller.signal.aborted) return;
    const last = Math.max(1, Math.ceil(found.total / PAGE));
    if (state.page > last) {
      window.history.replaceState(null, '', toAddress({ ...state, page: last }));
      await search({ ...state, page: last });
      return;
    }
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
  window.history.pushState(null, '', toAddress(state));
  return search(state);
}

async function saveAll() {
  const state = fromAddress(window.location.href);
  nodes.status.textContent = '正在准备文件……';
  try {
    const { total, hits, facets } = await run(state, 0, MOST_SAVED);
    const saved = [...SAVED, ...facets.filter((facet) => facet.saved).map(({ name, label }) => [name, label])];
    const rows = hits.filter(isCurrent).map((hit) => [
      wordOf(facets, 'kind', hit.kind), ...saved.map(([field]) => hit[field]), new URL(hit.href, ROOT).href,
    ]);
    save('查询结果.csv', toCsv([['类别', ...saved.map(([, label]) => label), '网页地址'], ...rows]));
    nodes.saved.textContent = total > MOST_SAVED ? `共 ${total} 条，保存了前 ${MOST_SAVED} 条。全部记录请到「数据下载」。` : '';
    nodes.status.textContent = `保存了 ${rows.length} 条`;
  } catch {
    nodes.saved.textContent = '没有保存成，可能是网络中断，请再试一次。';
    nodes.status.textContent = nodes.saved.textContent;
  }
}

nodes.form.dataset.title = document.title;
nodes.form.addEventListener('submit', (event) => {
  event.preventDefault();
  const kind = nodes.form.querySelector('input[name="kind"]:checked')?.value ?? '';
  go({ ...filtered(fromAddress(new URL('./', window.location.href).href), 'kind', kind), q: nodes.box.value.trim() });
});
for (const radio of document.querySelectorAll('input[name="kind"]')) {
  radio.addEventListener('change', () => { if (nodes.box.value.trim() !== '') nodes.form.requestSubmit(); });
}
document.addEventListener('click', (event) => {
  const link = event.target.closest('a[data-go]');
  if (link === null || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  go(fromAddress(link.href)).then(() => nodes.results.focus({ preventScroll: true }));
  nodes.results.scrollIntoView({ block: 'nearest' });
});
nodes.tools.querySelector('[data-save]').addEventListener('click', saveAll);
window.addEventListener('hashchange', ({ oldURL }) => {
  const { hash } = window.location;
  // A place on the page (the skip link): the address goes on telling what was searched for.
  if (hash !== '' && !isState(hash)) window.history.replaceState(null, '', toAddress(fromAddress(oldURL)));
  else search(fromAddress(window.location.href));
});
const asked = fromAddress(window.location.href);
if (window.location.search !== '') window.history.replaceState(null, '', toAddress(asked));
search(asked);
