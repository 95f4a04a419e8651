// Many names or codes looked up one after another in this browser; nothing typed here leaves it.

import { openLookup } from './client.js';
import { fileName, save } from './csv.js';
import { remarkOf } from './like.js';
import { fold } from './lookup/normalise.js';
import { element, isCurrent, wordOf } from './show.js';
import { toAddress } from './state.js';
import { workbook } from './xlsx.js';

const ROOT = new URL('../../', import.meta.url);
const MOST = 5000;
const SHOWN = 10;
const SHORTEST = 2;
const TOLD_EVERY = 50;
const EXACT = 3;
const HEAD = ['核查对象', '结果', '提示', '类别', '名称', '统一社会信用代码', '决定文书号', '日期', '单位', '网页地址'];
const WIDTHS = [32, 30, 44, 20, 36, 22, 26, 12, 26, 60];
const node = (id) => document.getElementById(id);
let found = [];
let facets = [];
let lookup;

/** The lines to look up: trimmed, without empty and repeated ones. */
function lines() {
  return [...new Set(node('batch-list').value.split(/[\n\r\t；;]+/u).map((line) => line.trim()))]
    .filter((line) => line !== '');
}

/** How many rows of each kind, in words, where all are known. */
function ofKinds(answer, hits, total) {
  const counts = new Map(total > hits.length ? answer.facets?.kind ?? [] : []);
  if (total === hits.length) for (const { kind } of hits) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts].map(([kind, count]) => `${wordOf(facets, 'kind', kind)} ${count} 条`).join('、');
}

async function look(asked) {
  if ([...fold(asked)].length < SHORTEST) {
    return {
      asked, total: 0, hits: [], like: [], remark: '', result: '太短，至少两个字',
    };
  }
  const answer = await lookup('search', asked, { limit: SHOWN });
  const hits = answer.hits.filter(isCurrent);
  const total = answer.total - (answer.hits.length - hits.length);
  const remark = remarkOf(asked);
  const like = total === 0 && remark !== '' ? (await lookup('near', asked)).codes.filter(isCurrent) : [];
  const kinds = ofKinds(answer, hits, total);
  const same = hits.some(({ score }) => score === EXACT) ? '' : '，都只是含有这段文字';
  const result = total === 0 ? '未查到' : `查到 ${total} 条${same}${kinds === '' ? '' : `：${kinds}`}`;
  return {
    asked, total, hits, like, remark, result,
  };
}

/** What is said of a mistyped code: the remark, and the listed codes it may have meant. */
function advice({ remark, like }) {
  const codes = like.map(({ title, code }) => `${code}（${title}）`).join('、');
  return codes === '' ? remark : `${remark}与它只差一位的代码：${codes}。`;
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
  const { asked, total, hits, result } = one;
  const links = hits.map(linkTo);
  if (total > hits.length) {
    const all = new URL(toAddress({ q: asked, filters: {} }), new URL('search/', ROOT)).href;
    links.push(element('li', {}, element('a', { href: all }, `全部 ${total} 条`)));
  }
  const told = advice(one);
  return element(
    'tr',
    { 'data-batch': asked, 'data-total': String(total) },
    element('th', { scope: 'row' }, element('bdi', {}, asked)),
    element('td', { 'data-label': '结果' }, result, ...(told === '' ? [] : [element('p', { class: 'note', 'data-remark': '' }, told)])),
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
  const hit = found.filter(({ total }) => total > 0).length;
  const doubtful = found.filter(({ total, remark }) => total === 0 && remark !== '').length;
  node('status').textContent = `核查了 ${found.length} 项：${hit} 项有公示中的记录，${found.length - hit} 项未查到${
    doubtful > 0 ? `，其中 ${doubtful} 项的代码校验位不符，请核对` : ''}。${
    all.length > MOST ? `一次最多 ${MOST} 项，其余 ${all.length - MOST} 项没有核查。` : ''}`;
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
    const head = [one.asked, one.result, advice(one)];
    if (one.hits.length === 0) return [[...head, ...HEAD.slice(head.length).map(() => '')]];
    return one.hits.map((hit) => [
      ...head, wordOf(facets, 'kind', hit.kind), hit.title, hit.code, hit.number, hit.date, hit.authority,
      new URL(hit.href, ROOT).href,
    ]);
  });
  save(fileName([site, '批量核查'], until, 'xlsx'), workbook([{ name: '核查单', about, head: HEAD, rows, widths: WIDTHS }]));
}

node('batch-form').addEventListener('submit', check);
node('batch-print').addEventListener('click', () => window.print());
node('batch-save').addEventListener('click', saveSlip);
