// What is told of a question that was mistyped: names and codes like it, which are others. They are no hits.

import { asCode, isWrongLength } from './lookup/codes.js';
import { fold } from './lookup/normalise.js';
import { maskedLength, mistypedLength } from './lookup/resident.js';
import { NOT_LATIN } from './lookup/words.js';
import { element, isCurrent, wordOf } from './show.js';
import { toAddress } from './state.js';

/** Characters of a code and of a resident ID number alike. */
const WHOLE = 18;

const SHORTEST_PIECE = 2;
const LONGEST_PIECE = 3;

/** What is wrong with a typed code in a word: `check` its check character, `length` its length; empty where nothing is. */
export function faultOf(question) {
  const folded = fold(question);
  const code = asCode(folded);
  if (code !== undefined) return code.sound ? '' : 'check';
  return isWrongLength(folded) ? 'length' : '';
}

/** Said where a number was typed that would have stood in an address. */
const UNTOLD = '输入的证件号没有发送出去，网址里只写遮掩之后的。';

/** What of a natural person's number is compared, and what that is worth. */
function remarkOfNumber(found) {
  return found
    ? '证件号遮掩之后相同（前四位、后四位），核对是不是同一人：别人的这八位也可能相同。'
    : '公开的证件号都是遮掩过的，只核对了前四位、后四位；有的记录不显示证件号，请再按姓名查（单位的代码，请按名称查）。';
}

/** What is wrong with digits that no record has, where they may be meant as a number of so many characters. */
function remarkOfMistyped(length) {
  return length === WHOLE
    ? '如果这是证件号，校验位（最后一位）与前面各位不符，多半有一位输错了，请核对。'
    : `如果这是证件号：证件号有 ${WHOLE} 位，这个有 ${length} 位，请核对。`;
}

/** What is to be known of a typed code or a masked number, in sentences; empty where nothing is. `found`: whether anything was. */
export function remarkOf(question, found) {
  if (maskedLength(question) > 0) return remarkOfNumber(found);
  const mistyped = found ? 0 : mistypedLength(question);
  if (mistyped > 0) return remarkOfMistyped(mistyped);
  const fault = faultOf(question);
  if (fault === 'check') return '这个代码的校验位（最后一位）与前面各位不符，多半有一位输错了，请核对。';
  if (fault === 'length') {
    const typed = fold(question).length;
    return found ? '' : `统一社会信用代码有 ${WHOLE} 位，这个有 ${typed} 位，${typed < WHOLE ? '少了' : '多了'}一位，请核对。`;
  }
  const code = asCode(fold(question));
  return code?.mended ? `代码里没有字母 O、I、Z、S，已当作数字 0、1、2、5，按 ${code.code.toUpperCase()} 查询。` : '';
}

/** What helps a short piece of a name that nothing is like: a longer one is found although a character is wrong. */
function adviceOf(question) {
  const { length } = [...fold(question)];
  return length >= SHORTEST_PIECE && length <= LONGEST_PIECE && NOT_LATIN.test(question)
    ? '只输入两三个字的，写错了只找得到同音的：单位的名称写全一些（连同地名、行业），错一个字也列得出相近的；人的姓名要逐字写对。' : '';
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

/**
 * Show in `box` what is like a question of which `total` hits were found; `like` is the lookup's `near`, `facets` the index's.
 * Returns how many are like it.
 */
export function showLike(box, question, like, facets, total) {
  const [codes, names] = [like.codes, like.names].map((rows) => rows.filter(isCurrent));
  const none = total === 0 && codes.length + names.length === 0;
  const untold = maskedLength(question) > 0 ? UNTOLD : '';
  const remark = remarkOf(question, total > 0) + untold || (none ? adviceOf(question) : '');
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

/** The remark shown in a box, as it is said to who cannot see it. */
export function remarkIn(box) {
  return box.querySelector('[data-remark]')?.textContent ?? '';
}
