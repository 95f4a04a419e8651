// What is told of a question that was mistyped: names and codes like it, which are others. They are no hits.

import { asCode } from './lookup/codes.js';
import { fold } from './lookup/normalise.js';
import { element, isCurrent, wordOf } from './show.js';
import { toAddress } from './state.js';

/** What is wrong with a typed code, in a sentence; empty where nothing is, or where it is no whole code. */
export function remarkOf(question) {
  const code = asCode(fold(question));
  if (code === undefined) return '';
  if (code.mended) return `代码里没有字母 O 和 I，已当作数字 0 和 1，按 ${code.code.toUpperCase()} 查询。`;
  return code.sound ? '' : '这个代码的校验位（最后一位）与前面各位不符，多半有一位输错了，请核对。';
}

function entry(row, asked, facets) {
  const state = {
    q: asked, sort: 'relevance', page: 1, filters: {},
  };
  const link = element('a', { href: toAddress(state), 'data-go': '', 'data-like': '' }, element('bdi', {}, row.title));
  const facts = [wordOf(facets, 'kind', row.kind), row.code].filter((fact) => fact).join(' · ');
  return element(
    'li',
    { 'data-public-until': row.publicUntil === '' ? undefined : row.publicUntil },
    link,
    ' ',
    element('span', { class: 'sub' }, facts),
  );
}

/** Show in `box` what is like a question; `like` is the lookup's `near`, `facets` the index's. Returns how many there are. */
export function showLike(box, question, like, facets) {
  const [codes, names] = [like.codes, like.names].map((rows) => rows.filter(isCurrent));
  const remark = remarkOf(question);
  const parts = remark === '' ? [] : [element('p', { 'data-remark': '' }, remark)];
  if (codes.length > 0) {
    parts.push(
      element('h2', {}, '与它只差一位的代码（是不是您要查的，请核对）'),
      element('ul', { class: 'plain' }, ...codes.map((row) => entry(row, row.code, facets))),
    );
  }
  if (names.length > 0) {
    parts.push(
      element('h2', {}, '名称相近的（不是您输入的名称，是别的名称）'),
      element('ul', { class: 'plain' }, ...names.map((row) => entry(row, row.title, facets))),
    );
    if (like.more) parts.push(element('p', { class: 'note' }, `只列出 ${names.length} 个，可能还有：把名称写全一些再查。`));
  }
  box.replaceChildren(...parts);
  box.hidden = parts.length === 0;
  return codes.length + names.length;
}
