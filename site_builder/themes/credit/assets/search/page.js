// The search page: one box, two sources (the exact lookup first, then full text), one list; the address holds the state.

import { equals, sentence } from './answer.js';
import { openLookup } from './client.js';
import { fileName, save, toCsv } from './csv.js';
import { open as openText } from './fulltext.js';
import { remarkIn, showLike } from './like.js';
import { words as wordsOf } from './lookup/normalise.js';
import {
  facetList, hitGroups, isCurrent, kindsOf, orderList, pageLinks, steer, wordOf,
} from './show.js';
import { filtersOf, fromAddress, toAddress } from './state.js';

const PAGE = 20;
const MOST_SAVED = 2000;
const LONGEST_TOPIC = 8;
const SHORTEST_TOPIC = 2;
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
  answer: find('#answer'),
  sentence: find('#sentence'),
  bar: find('#result-bar'),
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
 * `limit` hits from `offset`, the exact total, the facets, their counts, and the counts of kinds of each source (`lookup`,
 * `text`); what the lookup found is no text hit again. The exact part is given to `early` as soon as it is there.
 */
async function run(state, offset, limit, signal, early = () => {}) {
  const lookup = await openedLookup();
  const facets = await lookup('about');
  const filters = filtersOf(state, facets);
  const kinds = kindsOf(facets);
  const exact = await lookup('search', state.q, {
    offset, limit, filters, order: state.sort, kinds, signal,
  });
  const hits = exact.hits.map((hit) => ({ ...hit, match: 'lookup' }));
  const known = Object.keys(filters).length > 0 ? undefined : exact.facets;
  early(inGroups(hits, kinds), facets, known);
  const like = exact.total === 0 ? await lookup('near', state.q, { signal }) : { codes: [], names: [] };
  const counts = known ?? await lookup('facets', state.q, { filters, signal });
  const words = await inTexts(state.q, {
    offset: Math.max(0, offset - exact.total),
    limit: limit - hits.length,
    filters,
    without: async () => new Set(await lookup('rows', state.q, { signal })),
    kinds,
    signal,
  }, exact.total > 0);
  hits.push(...words.hits.map((hit) => ({ ...hit, match: 'text' })));
  return {
    total: exact.total + words.total,
    hits: inGroups(hits, kinds),
    facets,
    like,
    counts: merged(counts, words.facets),
    ofKinds: { lookup: counts.kind ?? [], text: words.facets.kind ?? [] },
    unread: words.unread,
  };
}

/** What the texts hold; where they cannot be searched and something was `found` without them, nothing, and `unread`. */
async function inTexts(question, options, found) {
  try {
    const text = await openedText();
    return await text.search(question, options);
  } catch (error) {
    if (!found || options.signal?.aborted) throw error;
    return {
      total: 0, hits: [], facets: {}, unread: true,
    };
  }
}

/** Hits with those of a source and a kind together; within each as they were. */
function inGroups(hits, kinds) {
  const place = ({ match, kind }) => (match === 'text' ? kinds.length : 0) + kinds.indexOf(kind);
  return [...hits].sort((one, other) => place(one) - place(other));
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
  nodes.sentence.replaceChildren();
  nodes.answer.removeAttribute('data-found');
  nodes.pages.hidden = true;
  nodes.tools.hidden = true;
  nodes.bar.hidden = true;
  nodes.near.hidden = true;
  nodes.status.textContent = '';
  nodes.total.textContent = '0';
}

/**
 * The guides of what is asked, and the lists of which it is a piece of the name, before everything: who asks how to
 * object should not have to read hits.
 */
function showGuides(question) {
  const short = [...question].length <= LONGEST_TOPIC;
  for (const guide of document.querySelectorAll('[data-topic]')) {
    guide.hidden = !(short && question.includes(guide.dataset.topic));
  }
  for (const list of document.querySelectorAll('[data-list]')) {
    list.hidden = [...question].length < SHORTEST_TOPIC || !list.dataset.list.includes(question);
  }
}

/** Counts of kinds without the hits of this page that are past their last day. */
function current(counts, hits) {
  return counts.map(([kind, count]) => [
    kind, count - hits.filter((hit) => hit.kind === kind && !isCurrent(hit)).length,
  ]).filter(([, count]) => count > 0);
}

/** The answer in a sentence, and the hits in groups; text is told where it is known. */
function showHits(state, hits, facets, { lookup, text = [] }) {
  const of = (match) => hits.filter((hit) => hit.match === match);
  const counts = { lookup: current(lookup, of('lookup')), text: current(text, of('text')) };
  const told = sentence(state, facets, counts.lookup, counts.text, equals(of('lookup'), counts.lookup));
  nodes.sentence.replaceChildren(...told.nodes);
  nodes.answer.dataset.found = told.found;
  nodes.results.replaceChildren(...hitGroups(hits.filter(isCurrent), ROOT, facets, wordsOf(state.q), counts));
  nodes.results.removeAttribute('data-old');
  nodes.bar.hidden = false;
}

function show(state, {
  total: all, hits, facets, counts, like, ofKinds, unread,
}) {
  const total = all - hits.filter((hit) => !isCurrent(hit)).length;
  const pages = Math.ceil(all / PAGE);
  nodes.total.textContent = String(total);
  showHits(state, hits, facets, ofKinds);
  if (unread) nodes.sentence.append('文字里提到的没有查成，请再查一次。');
  nodes.facets.replaceChildren(...facetList(state, facets, counts), orderList(state));
  nodes.bar.hidden = total === 0 && Object.keys(filtersOf(state, facets)).length === 0;
  nodes.pages.replaceChildren(pageLinks(state, pages));
  nodes.pages.hidden = pages < 2;
  nodes.tools.hidden = total === 0;
  nodes.saved.textContent = '';
  const others = showLike(nodes.near, state.q, like, facets, total);
  const said = others > 0 ? `下面有 ${others} 个相近的，是别的名称或者代码。` : '';
  const remark = remarkIn(nodes.near);
  nodes.status.textContent = total === 0
    ? `没有查到。未查到不代表信用良好。${said}${remark}` : `查到 ${total} 条。${nodes.sentence.textContent}${said}${remark}`;
}

/** Search for a state and show what is found; a newer search takes over from an older one. */
async function search(state) {
  running?.abort();
  const controller = new AbortController();
  running = controller;
  nodes.box.value = state.q;
  document.title = state.q === '' ? nodes.form.dataset.title : `${state.q} · ${nodes.form.dataset.title}`;
  showGuides(state.q);
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
    const found = await run(state, (state.page - 1) * PAGE, PAGE, controller.signal, (hits, facets, counts) => {
      if (hits.length === 0 || counts === undefined || controller.signal.aborted) return;
      nodes.total.textContent = '…';
      showHits(state, hits, facets, { lookup: counts.kind });
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

async function saveAll() {
  const state = fromAddress(window.location.href);
  nodes.status.textContent = '正在准备文件……';
  try {
    const {
      total, hits, facets, unread,
    } = await run(state, 0, MOST_SAVED);
    if (unread) throw new Error('a part of the hits');
    const saved = [...SAVED, ...facets.filter((facet) => facet.saved).map(({ name, label }) => [name, label])];
    const rows = hits.filter(isCurrent).map((hit) => [
      wordOf(facets, 'kind', hit.kind), ...saved.map(([field]) => hit[field]), new URL(hit.href, ROOT).href,
    ]);
    const site = document.querySelector('meta[name=SiteName]').content;
    const name = fileName([site, '查询结果'], document.querySelector('.days time').textContent, 'csv');
    save(name, toCsv([['类别', ...saved.map(([, label]) => label), '网页地址'], ...rows]));
    nodes.saved.textContent = total > MOST_SAVED ? `共 ${total} 条，保存了前 ${MOST_SAVED} 条。全部记录请到“数据开放”。` : '';
    nodes.status.textContent = `保存了 ${rows.length} 条`;
  } catch {
    nodes.saved.textContent = '没有保存成，可能是网络中断，请再试一次。';
    nodes.status.textContent = nodes.saved.textContent;
  }
}

nodes.tools.querySelector('[data-save]').addEventListener('click', saveAll);
steer(nodes, search);
