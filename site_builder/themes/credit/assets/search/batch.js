// Many names or codes looked up one after another in this browser; nothing typed here leaves it.

import { openLookup } from './client.js';
import { save, toCsv } from './csv.js';
import { element, isCurrent } from './show.js';
import { toAddress } from './state.js';

const ROOT = new URL('../../', import.meta.url);
const MOST = 500;
const SHOWN = 10;
const SHORTEST = 2;
const node = (id) => document.getElementById(id);
let found = [];
let lookup;

/** The lines to look up: trimmed, without empty and repeated ones. */
function lines() {
  return [...new Set(node('batch-list').value.split(/[\n\r\t；;]+/u).map((line) => line.trim()))]
    .filter((line) => line !== '');
}

async function look(asked) {
  if ([...asked].length < SHORTEST) return { asked, total: 0, hits: [], result: '太短，至少两个字' };
  const answer = await lookup('search', asked, { limit: SHOWN, filters: { kind: ['severe-list'] } });
  const hits = answer.hits.filter(isCurrent);
  const total = answer.total - (answer.hits.length - hits.length);
  return { asked, total, hits, result: total === 0 ? '未查到' : `查到 ${total} 条` };
}

function row({ asked, total, hits, result }) {
  const links = hits.map((hit) => element(
    'li',
    { 'data-public-until': hit.publicUntil === '' ? undefined : hit.publicUntil },
    element('a', { href: new URL(hit.href, ROOT).href }, element('bdi', {}, hit.title)),
    ` ${hit.code} ${hit.note}`,
  ));
  if (total > hits.length) {
    const all = new URL(toAddress({ q: asked, filters: { kind: 'severe-list' } }), new URL('search/', ROOT)).href;
    links.push(element('li', {}, element('a', { href: all }, `全部 ${total} 条`)));
  }
  return element(
    'tr',
    { 'data-batch': asked, 'data-total': String(total) },
    element('th', { scope: 'row' }, element('bdi', {}, asked)),
    element('td', { 'data-label': '结果' }, result),
    element('td', { 'data-label': '公示中的记录' }, ...(links.length > 0 ? [element('ul', { class: 'plain' }, ...links)] : [])),
  );
}

function showSlip() {
  node('batch-rows').replaceChildren(...found.map(row));
  for (const id of ['batch-slip', 'batch-print', 'batch-save']) node(id).hidden = found.length === 0;
}

async function check(event) {
  event.preventDefault();
  const all = lines();
  const asked = all.slice(0, MOST);
  found = [];
  showSlip();
  document.body.dataset.search = 'busy';
  node('status').textContent = `正在核查 ${asked.length} 项……`;
  try {
    lookup ??= await openLookup(new URL('search/lookup/', ROOT).href);
    const checked = [];
    for (const line of asked) checked.push(await look(line)); // eslint-disable-line no-await-in-loop
    found = checked;
  } catch (error) {
    lookup = undefined;
    node('status').textContent = '核查没有完成，可能是网络中断，请稍后再试。';
    document.body.dataset.search = 'error';
    throw error;
  }
  showSlip();
  const hit = found.filter(({ total }) => total > 0).length;
  node('status').textContent = `核查了 ${found.length} 项：${hit} 项有公示中的记录，${found.length - hit} 项未查到。${
    all.length > MOST ? `一次最多 ${MOST} 项，其余 ${all.length - MOST} 项没有核查。` : ''}`;
  document.body.dataset.search = 'done';
}

function saveSlip() {
  const head = ['核查对象', '结果', '名称', '统一社会信用代码', '决定文书号', '列入日期', '网页地址'];
  const rows = found.flatMap(({ asked, result, hits }) => (hits.length === 0
    ? [[asked, result, '', '', '', '', '']]
    : hits.map((hit) => [asked, result, hit.title, hit.code, hit.number, hit.date, new URL(hit.href, ROOT).href])));
  save('批量核查.csv', toCsv([head, ...rows]));
}

node('batch-form').addEventListener('submit', check);
node('batch-print').addEventListener('click', () => window.print());
node('batch-save').addEventListener('click', saveSlip);
