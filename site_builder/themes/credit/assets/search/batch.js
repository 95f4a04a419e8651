// Many names or codes looked up one after another in this browser; nothing typed here leaves it.

import { openLookup } from './client.js';
import { fileName, save } from './csv.js';
import { faultOf, remarkOf } from './like.js';
import { asCode } from './lookup/codes.js';
import { fold } from './lookup/normalise.js';
import { masked, maskedLength } from './lookup/resident.js';
import {
  element, isCurrent, isEqual, wordOf,
} from './show.js';
import { AROUND, toAddress } from './state.js';
import { workbook } from './xlsx.js';

const ROOT = new URL('../../', import.meta.url);
const MOST = 5000;
const SHOWN = 10;
const SHORTEST = 2;
const SHORTEST_LIKE = 3;
const TOLD_EVERY = 50;

/** What may be a label, and what stands between a name and a code: tried only where nothing holds the line as it is. */
const LABEL = /^[^:(]{1,10}:/u;
const EDGES = /^[\s，。、；,;:()·-]+|[\s，。、；,;:()·-]+$/gu;
const FAULTS = { check: '项的代码校验位不符', length: '项的代码多一位或者少一位' };
const HEAD = ['核查对象', '结果', '提示', '类别', '名称', '统一社会信用代码', '决定文书号', '日期', '单位', '网页地址'];
const DAYS = [HEAD.indexOf('日期')];
const WIDTHS = [32, 30, 44, 20, 36, 22, 26, 12, 26, 60];
const node = (id) => document.getElementById(id);
let found = [];
let facets = [];
let lookup;

/** The lines to look up: trimmed, without empty and repeated ones. */
function lines() {
  return [...new Set(node('batch-list').value.split(/[\n\r\t；;]+/u).map((line) => line.replace(AROUND, '')))]
    .filter((line) => line !== '');
}

/** How many of each kind, `[[kind, count], …]`, in words, behind a colon; a kind may come several times. */
function kindsIn(counted) {
  const counts = new Map();
  for (const [kind, count] of counted) counts.set(kind, (counts.get(kind) ?? 0) + count);
  return counts.size === 0 ? '' : `：${[...counts].map(([kind, count]) => `${wordOf(facets, 'kind', kind)} ${count} 条`).join('、')}`;
}

/** What was found, in words: rows that are what was asked apart from those that only hold it, which are somebody else's. */
function foundIn(answer, hits, total) {
  if (total === 0) return '未查到';
  const of = (rows) => kindsIn(rows.map(({ kind }) => [kind, 1]));
  const same = hits.filter(isEqual);
  const rest = hits.filter((hit) => !same.includes(hit));
  if (same.length > 0 && rest.length > 0) {
    return `查到 ${same.length} 条${of(same)}；另有 ${total - same.length} 条只是含有这段文字${total === hits.length ? of(rest) : ''}`;
  }
  const kinds = total === hits.length ? of(hits) : kindsIn(answer.facets?.kind ?? []);
  return `查到 ${total} 条${same.length > 0 ? '' : '，都只是含有这段文字'}${kinds}`;
}

/** What a line that nothing holds as it is says of one subject: its one sound code and the name beside it; what a label names. */
function within(line) {
  const bare = (text) => text.replace(LABEL, '').replace(EDGES, '');
  const text = line.normalize('NFKC');
  const codes = (text.match(/[0-9a-z]{18}/giu) ?? []).filter((one) => asCode(fold(one))?.sound);
  if (codes.length > 1) return [];
  const parts = codes.length === 1 ? [codes[0], ...text.split(codes[0]).map(bare)] : [bare(text)];
  return parts.filter((part) => [...fold(part)].length >= SHORTEST && fold(part) !== fold(text));
}

/** The rows that hold any of the parts of a line, each once, as an answer. */
async function lookEach(parts) {
  const answers = [];
  for (const part of parts) answers.push(await lookup('search', part, { limit: SHOWN })); // eslint-disable-line no-await-in-loop
  const all = answers.flatMap(({ hits }) => hits);
  const hits = [...new Map(all.map((hit) => [hit.href, hit])).values()];
  return { total: answers.reduce((sum, { total }) => sum + total, 0) - (all.length - hits.length), hits };
}

/**
 * What is looked up with what was typed: its hits, or, where nothing holds it, what is like it and must be compared; so are
 * those of a resident ID number, of which the site shows a part.
 */
async function look(asked) {
  if ([...fold(asked)].length < SHORTEST) {
    return {
      asked, total: 0, hits: [], like: [], remark: '', fault: '', short: true, result: '太短，没有核查：至少两个字',
    };
  }
  const question = masked(asked);
  let answer = await lookup('search', question, { limit: SHOWN });
  const parts = answer.total === 0 ? within(question) : [];
  if (parts.length > 0) answer = await lookEach(parts);
  const hits = answer.hits.filter(isCurrent);
  const total = answer.total - (answer.hits.length - hits.length);
  const remark = remarkOf(question, total > 0) || (parts.length > 0 && total > 0 ? `按其中的${parts.map((part) => `“${part}”`).join('、')}查到，请核对。` : '');
  const fault = faultOf(question);
  if (question !== asked && maskedLength(question) > 0) {
    return {
      asked, total: 0, hits: [], like: hits, remark, fault, short: false, result: '未查到',
    };
  }
  return {
    asked,
    total,
    hits,
    like: total === 0 ? await alike(asked) : [],
    remark,
    fault,
    short: false,
    result: foundIn(answer, hits, total),
    holds: total > 0 && !hits.some(isEqual),
  };
}

/** Rows of the codes and the names that are like what was typed; two characters of a list are a person's whole name. */
async function alike(asked) {
  if ([...fold(asked)].length < SHORTEST_LIKE) return [];
  const { codes, names } = await lookup('near', asked);
  return [...codes, ...names].filter(isCurrent);
}

const nameOf = ({ title, code }) => (code === '' ? title : `${title}（${code}）`);

/** The result in words; a miss that has something like it is no miss yet. */
function told({ result, like }) {
  return like.length === 0 ? result : `${result}；相近：${like.map(nameOf).join('、')}，请核对`;
}

/** The same with a way to each that is like it. */
function toldWithLinks({ result, like }) {
  if (like.length === 0) return [result];
  const links = like.map((row) => element('a', { href: new URL(row.href, ROOT).href, 'data-like': '' }, element('bdi', {}, nameOf(row))));
  return [`${result}；相近：`, ...links.flatMap((link, place) => (place === 0 ? [link] : ['、', link])), '，请核对'];
}

function linkTo(hit) {
  return element(
    'li',
    { 'data-public-until': hit.publicUntil === '' ? undefined : hit.publicUntil },
    element('a', { href: new URL(hit.href, ROOT).href }, element('bdi', {}, hit.title)),
    ` ${[wordOf(facets, 'kind', hit.kind), hit.code, hit.note].filter((fact) => fact).join(' · ')}`,
  );
}

function row(one) {
  const { asked, total, hits, like, remark } = one;
  const links = hits.map(linkTo);
  if (total > hits.length) {
    const all = new URL(toAddress({ q: asked, filters: {} }), new URL('search/', ROOT)).href;
    links.push(element('li', {}, element('a', { href: all }, `全部 ${total} 条`)));
  }
  return element(
    'tr',
    { 'data-batch': asked, 'data-total': String(total), 'data-near-total': String(like.length) },
    element('th', { scope: 'row' }, element('bdi', {}, asked)),
    element('td', { 'data-label': '结果' }, ...toldWithLinks(one), ...(remark === '' ? [] : [element('p', { class: 'note', 'data-remark': '' }, remark)])),
    element('td', { 'data-label': '公示中的记录' }, ...(links.length > 0 ? [element('ul', { class: 'plain' }, ...links)] : [])),
  );
}

function showSlip() {
  node('batch-rows').replaceChildren(...found.map(row));
  for (const id of ['batch-slip', 'batch-print', 'batch-save']) node(id).hidden = found.length === 0;
}

/** Look all up: those that begin alike after one another, because they stand in the same blocks. */
async function lookAll(asked) {
  lookup ??= await openLookup(new URL('search/lookup/', ROOT).href);
  facets = await lookup('about');
  const places = asked.map((_, place) => place);
  const folded = asked.map(fold);
  places.sort((one, other) => (folded[one] < folded[other] ? -1 : 1));
  const checked = [];
  for (const [done, place] of places.entries()) {
    checked[place] = await look(asked[place]); // eslint-disable-line no-await-in-loop
    if (done % TOLD_EVERY === 0) node('status').textContent = `正在核查 ${asked.length} 项，已完成 ${done} 项……`;
  }
  return checked;
}

/** How many of each result there are, those that are to be compared apart; `asked` were typed. */
function summary(asked) {
  const of = (fits) => found.filter(fits).length;
  const none = (one) => one.total === 0 && !one.short && one.like.length === 0;
  const parts = [
    [of(({ total, holds }) => total > 0 && !holds), '项有公示中的记录'],
    [of(({ holds }) => holds), '项只有含这段文字的记录'],
    [of(({ like }) => like.length > 0), '项相近、请核对'],
    [of(none), '项未查到'],
    [of(({ short }) => short), '项太短、没有核查'],
  ].filter(([count], place) => count > 0 || place === 0 || place === 3).map(([count, words]) => `${count} ${words}`);
  const wrong = Object.entries(FAULTS).map(([name, words]) => [of(({ total, fault }) => total === 0 && fault === name), words])
    .filter(([count]) => count > 0).map(([count, words]) => `其中 ${count} ${words}，请核对。`).join('');
  return `核查了 ${found.length} 项：${parts.join('，')}。${wrong}${
    asked > MOST ? `一次最多 ${MOST} 项，其余 ${asked - MOST} 项没有核查。` : ''}`;
}

async function check(event) {
  event.preventDefault();
  const all = lines();
  const asked = all.slice(0, MOST);
  found = [];
  showSlip();
  document.body.dataset.search = 'busy';
  try {
    found = await lookAll(asked);
  } catch (error) {
    lookup = undefined;
    node('status').textContent = '核查没有完成，可能是网络中断，请稍后再试。';
    document.body.dataset.search = 'error';
    throw error;
  }
  showSlip();
  node('status').textContent = summary(all.length);
  node('status').scrollIntoView({ block: 'start' });
  document.body.dataset.search = 'done';
}

function saveSlip() {
  const { site, version, until, asOf } = node('batch-slip').dataset;
  const about = [
    ['批量核查单'],
    ['网站', site],
    ['数据版本', version],
    ['数据截止', until],
    ['核验日', asOf],
    ['核查结果', node('status').textContent],
    ['说明', node('slip-note').textContent],
  ];
  const rows = found.flatMap((one) => {
    const head = [one.asked, told(one), one.remark];
    if (one.hits.length === 0) return [[...head, ...HEAD.slice(head.length).map(() => '')]];
    return one.hits.map((hit) => [
      ...head, wordOf(facets, 'kind', hit.kind), hit.title, hit.code, hit.number, hit.date, hit.authority,
      new URL(hit.href, ROOT).href,
    ]);
  });
  save(fileName([site, '批量核查'], until, 'xlsx'), workbook([{ name: '核查单', about, head: HEAD, rows, widths: WIDTHS, days: DAYS }]));
}

node('batch-form').addEventListener('submit', check);
node('batch-print').addEventListener('click', () => window.print());
node('batch-save').addEventListener('click', saveSlip);
