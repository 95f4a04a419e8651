// A province's search page: one box, the lookups of its members, one list. Each member is asked from this browser; which
// answered, and as of when, is told, and one that did not is never told of as if it had nothing.

import { equals, sentence } from '../answer.js';
import { remarkIn, showLike } from '../like.js';
import { words as wordsOf } from '../lookup/normalise.js';
import {
  element, facetList, hitGroups, isCurrent, kindsOf, orderList, pageLinks, steer,
} from '../show.js';
import { filtersOf, toAddress } from '../state.js';
import {
  AWAY, BROKEN, isHeard, Member, SLOW, STALE,
} from './member.js';
import {
  added, likest, merge, ordering,
} from './merge.js';
import { readFound, readLike } from './read.js';

const PAGE = 20;
const MOST_PAGES = 50;
const EARLY = 1500;
const NOT_HEARD = {
  [AWAY]: '没有答复：连不上',
  [SLOW]: '没有答复：等了十秒没有回应',
  [BROKEN]: '没有答复：它的答复读不懂',
};
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
  heard: find('#heard'),
  bar: find('#result-bar'),
  facets: find('#result-facets'),
  near: find('[data-near]'),
  failed: find('[data-failed]'),
};
const members = [...document.querySelectorAll('[data-member][data-address]')].map((node) => {
  const { member: id, name, address } = node.dataset;
  return { node, told: node.querySelector('[data-told]'), site: new Member({ id, name, address }) };
});
const FIELDS = JSON.parse(find('main').dataset.facets);
const FACETS = [
  ...FIELDS, { name: 'member', label: '网站', words: Object.fromEntries(members.map(({ site }) => [site.id, site.name])) },
];
const KINDS = kindsOf(FACETS);
const NAMES = FIELDS.map(({ name }) => name);
let running;

function mark(state) {
  document.body.dataset.search = state;
}

/** What did not come about is said to be seen and to be heard. */
function failed(why) {
  nodes.failed.textContent = why;
  nodes.status.textContent = why;
  mark('error');
}

/** A member's own search page with the question behind the `#`, which no server is sent. */
function ownSearch({ address, name }, question) {
  const href = new URL(`search/#${new URLSearchParams({ q: question })}`, address).href;
  return element('a', { href }, name);
}

/** What one member's place says of its answer. */
function tell({ node, told }, answer) {
  if (answer === undefined) {
    node.dataset.heard = 'asked';
    told.textContent = '正在问……';
    return;
  }
  node.dataset.heard = isHeard(answer) ? answer.state : 'none';
  if (!isHeard(answer)) {
    node.dataset.why = answer.state;
    told.textContent = NOT_HEARD[answer.state];
    return;
  }
  delete node.dataset.why;
  const { asOf, until } = answer.release;
  const late = answer.state === STALE ? `；它的内容只到 ${until}，应当重建而没有重建，过了期的没有列出` : '';
  told.textContent = `已答复，${answer.result.total} 条，截至 ${asOf}${late}`;
}

function joined(parts) {
  return parts.flatMap((part, place) => (place === 0 ? [part] : ['、', part]));
}

/** Who answered, and who did not: `answers` are in the members' order, undefined for one still asked. */
function showHeard(question, answers) {
  const of = (holds) => members.filter((_, place) => holds(answers[place])).map(({ site }) => site);
  const heard = answers.filter(isHeard);
  const lacking = of((answer) => answer !== undefined && !isHeard(answer));
  const stale = of((answer) => answer?.state === STALE);
  const asked = of((answer) => answer === undefined);
  const parts = [];
  if (heard.length > 0) {
    const oldest = heard.map(({ release }) => release.asOf).sort()[0];
    const all = heard.length === members.length ? '都' : `，${heard.length} 个`;
    parts.push(`${members.length} 个网站${all}答复了，内容最早的截至 ${oldest}（`, element('a', { href: '#members' }, '逐个看'), '）。');
  }
  if (asked.length > 0) parts.push(`还在等 ${asked.length} 个。`);
  if (lacking.length > 0) {
    parts.push('没有答复的：', ...joined(lacking.map((site) => ownSearch(site, question))), '。那里有没有，这里不知道，请到它自己的网站上查。');
  }
  if (stale.length > 0) parts.push('过期未更新的：', joined(stale.map(({ name }) => name)).join(''), '。');
  nodes.heard.replaceChildren(...parts);
  nodes.heard.toggleAttribute('data-lacking', lacking.length > 0);
}

function clear() {
  for (const part of [nodes.results, nodes.facets, nodes.sentence, nodes.heard]) part.replaceChildren();
  nodes.answer.removeAttribute('data-found');
  for (const part of [nodes.pages, nodes.bar, nodes.near]) part.hidden = true;
  nodes.status.textContent = '';
  nodes.total.textContent = '0';
  for (const { node, told } of members) {
    delete node.dataset.heard;
    told.textContent = '';
  }
}

/** The answers that count for a state: all, or of the member it is restricted to. */
function chosen(state, answers) {
  return answers.filter((answer, place) => !state.filters.member || members[place].site.id === state.filters.member);
}

function showHits(state, answers) {
  const all = chosen(state, answers);
  const heard = all.filter(isHeard).map(({ result }) => result);
  const from = (state.page - 1) * PAGE;
  const lists = heard.map(({ hits }) => hits);
  const shown = merge(lists, ordering(KINDS, state.sort), from + PAGE).slice(from);
  const hits = shown.filter(isCurrent);
  const past = shown.length - hits.length;
  const total = heard.reduce((sum, one) => sum + one.total, 0);
  const counts = added(heard.map((one) => one.counts), NAMES);
  const kind = state.filters.kind ? counts.kind.filter(([value]) => value === state.filters.kind) : counts.kind;
  const ofKinds = kind.map(([value, count]) => [
    value, count - shown.filter((hit) => hit.kind === value && !isCurrent(hit)).length,
  ]).filter(([, count]) => count > 0);
  const told = sentence(state, FACETS, ofKinds, [], equals(hits, ofKinds));
  const lacking = all.length > heard.length && told.found === 'none';
  nodes.sentence.replaceChildren(...(lacking ? [`在答复了的 ${heard.length} 个网站里，`] : []), ...told.nodes);
  nodes.answer.dataset.found = told.found;
  nodes.results.replaceChildren(...hitGroups(hits, nodes.results.baseURI, FACETS, wordsOf(state.q), { lookup: ofKinds }));
  nodes.results.removeAttribute('data-old');
  nodes.total.textContent = String(total - past);
  const member = members.map(({ site }, place) => [site.id, isHeard(answers[place]) ? answers[place].result.total : 0]);
  const sites = member.filter(([, count]) => count > 0);
  nodes.facets.replaceChildren(...facetList(state, FACETS, { ...counts, member: sites }), orderList(state));
  nodes.bar.hidden = total === 0 && Object.keys(filtersOf(state, FACETS)).length === 0;
  const pages = Math.min(MOST_PAGES, Math.ceil(total / PAGE));
  nodes.pages.replaceChildren(pageLinks(state, pages));
  nodes.pages.hidden = pages < 2;
  return { total: total - past, pages, lacking: all.length - heard.length, heard: heard.length };
}

/** One member's lookup: the first hits of all the pages up to this one, the exact total, what the facets would leave. */
async function look(site, state, engine, signal) {
  const { member, ...filters } = filtersOf(state, FACETS);
  const limit = state.page * PAGE;
  const found = await engine.search(state.q, {
    offset: 0, limit, filters, order: state.sort, kinds: KINDS, signal,
  });
  const free = Object.keys(filters).length === 0;
  const counts = (free ? found.facets : undefined) ?? await engine.facets(state.q, { filters, signal });
  return readFound(found, counts, site, limit, NAMES);
}

async function likeOf(state, answers, signal) {
  const heard = members.filter((_, place) => isHeard(answers[place]));
  const all = await Promise.all(heard.map(({ site }) => site.ask(
    async (engine, own) => readLike(await engine.near(state.q, { signal: own }), site),
    signal,
  )));
  return likest(state.q, all.filter(isHeard).map(({ result }) => result));
}

async function askAll(state, signal) {
  const answers = members.map(() => undefined);
  const soFar = () => {
    if (signal.aborted || !answers.some((answer) => isHeard(answer) && answer.result.total > 0)) return;
    showHits(state, answers.map((answer) => answer ?? { state: SLOW }));
    showHeard(state.q, answers);
  };
  const timer = setTimeout(soFar, EARLY);
  try {
    await Promise.all(members.map(async (one, place) => {
      tell(one);
      answers[place] = await one.site.ask((engine, own) => look(one.site, state, engine, own), signal);
      if (!signal.aborted) tell(one, answers[place]);
    }));
  } finally {
    clearTimeout(timer);
  }
  return answers;
}

function closing({ total, lacking, heard }, others) {
  const rest = lacking > 0 ? `${lacking} 个网站没有答复，那里有没有不知道。` : '';
  if (total > 0) return `查到 ${total} 条。${rest}`;
  const like = others > 0 ? `下面有 ${others} 个相近的，是别的名称或者代码。` : '';
  return `${lacking > 0 ? `在答复了的 ${heard} 个网站里` : ''}没有查到。未查到不代表信用良好。${rest}${like}`;
}

/** The state without a member that is none of these (an old bookmark's): it would narrow to nobody. */
function ofMembers(state) {
  const { member, ...filters } = state.filters;
  return member === undefined || members.some(({ site }) => site.id === member) ? state : { ...state, filters };
}

/** Search for a state and show what is found; a newer search takes over from an older one. */
async function search(asked) {
  running?.abort();
  const controller = new AbortController();
  const { signal } = controller;
  running = controller;
  const state = ofMembers({ ...asked, page: Math.min(asked.page, MOST_PAGES) });
  nodes.box.value = state.q;
  document.title = state.q === '' ? nodes.form.dataset.title : `${state.q} · ${nodes.form.dataset.title}`;
  if (state.q === '') {
    clear();
    mark('idle');
    return;
  }
  mark('busy');
  nodes.near.hidden = true;
  nodes.heard.replaceChildren();
  nodes.status.textContent = '正在查询……';
  nodes.results.setAttribute('data-old', '');
  try {
    const answers = await askAll(state, signal);
    signal.throwIfAborted();
    if (!chosen(state, answers).some(isHeard)) {
      for (const part of [nodes.results, nodes.facets, nodes.sentence]) part.replaceChildren();
      for (const part of [nodes.pages, nodes.bar]) part.hidden = true;
      nodes.answer.removeAttribute('data-found');
      nodes.total.textContent = '0';
      showHeard(state.q, answers);
      failed(`${state.filters.member ? '这个网站没有答复' : '没有一个网站答复'}，所以什么也没有查。`);
      return;
    }
    const shown = showHits(state, answers);
    if (shown.pages > 0 && state.page > shown.pages) {
      const last = { ...state, page: shown.pages };
      window.history.replaceState(null, '', toAddress(last));
      await search(last);
      return;
    }
    showHeard(state.q, answers);
    const like = shown.total === 0 ? await likeOf(state, answers, signal) : { codes: [], names: [] };
    signal.throwIfAborted();
    const others = showLike(nodes.near, state.q, like, FACETS, shown.total);
    nodes.status.textContent = closing(shown, others) + remarkIn(nodes.near);
    mark('done');
  } catch (error) {
    if (signal.aborted) return;
    clear();
    failed('查询没有完成，请稍后再试。');
    throw error;
  }
}

steer(nodes, search);
