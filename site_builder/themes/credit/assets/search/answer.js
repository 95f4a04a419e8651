// The answer in one sentence: how many of each kind hold what was asked, or that nothing does.

import { maskedLength } from './lookup/resident.js';
import {
  element, isCurrent, isEqual, wordOf,
} from './show.js';
import { filtered, filtersOf, toAddress } from './state.js';

const LONGEST = 24;

/** What was asked, as a sentence cites it. */
export function cited(question) {
  const characters = [...question];
  return characters.length > LONGEST ? `${characters.slice(0, LONGEST - 1).join('')}…` : question;
}

function sum(counts) {
  return counts.reduce((total, [, count]) => total + count, 0);
}

/**
 * `[[kind, count], …]` in words, in the order of kinds; the first mention of a kind leads to its hits, in `linked` it did.
 * What is counted is said once: a site may have many kinds, and a phone's screen has few lines.
 */
function parts(state, facets, counts, linked) {
  const kinds = Object.keys(facets.find(({ name }) => name === 'kind').words);
  const sorted = [...counts].sort(([one], [other]) => kinds.indexOf(one) - kinds.indexOf(other));
  return sorted.flatMap(([kind, count], place) => {
    const chosen = state.filters.kind === kind;
    const unit = chosen || place === sorted.length - 1 ? '\u00a0条' : '';
    const text = `${wordOf(facets, 'kind', kind)} ${count}${unit}`;
    const told = [];
    if (chosen) told.push(element('b', {}, text));
    else if (linked.has(kind)) told.push(text);
    else told.push(element('a', { href: toAddress({ ...filtered(state, 'kind', kind), page: 1 }), 'data-go': '' }, text));
    linked.add(kind);
    return place === 0 ? told : ['、', ...told];
  });
}

/** What the hits are restricted to, and the way to all of them; nothing where they are not. */
function restriction(state, facets) {
  const chosen = Object.entries(filtersOf(state, facets));
  if (chosen.length === 0) return [];
  const words = chosen.map(([field, [value]]) => wordOf(facets, field, value)).join('、');
  const all = element('a', { href: toAddress({ ...state, filters: {}, page: 1 }), 'data-go': '' }, '看全部');
  return [`（只看${words}，`, all, '）'];
}

/** Of the hits of a page those that are just what was asked, by kind; none where the page does not show all of `counts`. */
export function equals(hits, counts) {
  const shown = hits.filter(isCurrent);
  if (shown.length < sum(counts)) return [];
  const same = shown.filter(isEqual);
  return counts.map(([kind]) => [kind, same.filter((hit) => hit.kind === kind).length]).filter(([, count]) => count > 0);
}

/** How many of each kind are left of `counts` without `others`, both `[[kind, count], …]`. */
function without(counts, others) {
  const taken = new Map(others);
  return counts.map(([kind, count]) => [kind, count - (taken.get(kind) ?? 0)]).filter(([, count]) => count > 0);
}

/**
 * The sentence as nodes, and what was found, `exact`, `text` or `none`. `exact` and `text` are `[[kind, count], …]`: what
 * holds the words in its name, code or number, and what only in its text. `equal`: those of `exact` of which it is all,
 * where they are known: a name that only holds the words is somebody else's.
 */
export function sentence(state, facets, exact, text, equal = []) {
  const cite = ['“', element('bdi', {}, cited(state.q)), '”'];
  const isNumber = maskedLength(state.q, { alone: true }) > 0;
  const asked = isNumber ? ['证件号遮掩之后是', ...cite, '的'] : cite;
  const linked = new Set();
  const told = [];
  const holding = isNumber ? [] : without(exact, equal);
  if (sum(exact) > sum(holding)) told.push(...asked, '：', ...parts(state, facets, isNumber ? exact : equal, linked));
  if (sum(holding) > 0 && sum(equal) > 0) told.push('；只是含有它的：', ...parts(state, facets, holding, linked));
  else if (sum(holding) > 0) told.push('含', ...cite, '的：', ...parts(state, facets, holding, linked));
  if (sum(exact) === 0) told.push(...(isNumber ? ['没有', ...asked] : ['没有名称、代码或者文书号含', ...cite, '的']), '记录');
  if (sum(text) > 0) told.push('；文字里提到的：', ...parts(state, facets, text, linked));
  told.push(...restriction(state, facets), '。');
  let found = 'none';
  if (sum(exact) > 0) found = 'exact';
  else if (sum(text) > 0) found = 'text';
  return { nodes: told, found };
}
