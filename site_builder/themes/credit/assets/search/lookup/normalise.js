// How text is folded before it is looked up: the same as site_builder/search/lookup/normalise.py, character for
// character.

import { DROPPED, SIMPLIFIED, TRADITIONAL } from './characters.js';
import { asCode } from './codes.js';

const ASCII = /^[\x20-\x7e]*$/;
const NO_DECIMAL = /(?<![0-9])\.|\.(?![0-9])/g;
const DIGIT = /^[0-9]$/;
const BETWEEN_WORDS = /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/u;

let tables;

function load() {
  const simplified = [...SIMPLIFIED];
  const pairs = [...TRADITIONAL].map((character, place) => [character, simplified[place]]);
  let ranges = '';
  for (let place = 0; place < DROPPED.length; place += 2) {
    ranges += `\\u{${DROPPED[place].toString(16)}}-\\u{${DROPPED[place + 1].toString(16)}}`;
  }
  tables = { dropped: new RegExp(`[${ranges}]`, 'gu'), simplified: new Map([...pairs, ['ς', 'σ']]) };
}

/**
 * What the lookup makes of a text, so that two ways to type a name are one: NFKC, lower case, in Simplified characters,
 * letters without accents; without brackets, spaces, what is invisible, quotation marks, dashes and dots (but a full
 * stop between digits). Asterisks, which mask a code, are one however many stand together, and none at either end.
 */
export function fold(text) {
  if (tables === undefined) load();
  const plain = text.normalize('NFKD').toLowerCase().replace(tables.dropped, '');
  let folded = plain;
  if (!ASCII.test(plain)) {
    folded = Array.from(plain, (character) => tables.simplified.get(character) ?? character).join('').normalize('NFKC');
  }
  if (folded.includes('.')) folded = folded.replace(NO_DECIMAL, '');
  return folded.includes('*') ? folded.replace(/\*{2,}/g, '*').replace(/^\*|\*$/g, '') : folded;
}

/** The different folded words of a query, in its order: parted at white space, but a whole code is one however typed. */
export function words(query) {
  const code = asCode(fold(query));
  if (code !== undefined) return [code.code];
  const found = query.normalize('NFKC').split(BETWEEN_WORDS).map(fold).filter(Boolean);
  return [...new Set(found)];
}

/**
 * The text in parts, `[{text, mark}]`, marked where it holds one of the folded words. Read character by character, so
 * what only folds together (a letter and its accent, say) is not marked.
 */
export function marks(text, folded) {
  const characters = [...text];
  let plain = '';
  const owner = [];
  characters.forEach((character, place) => {
    const decimal = [place - 1, place + 1].every((other) => DIGIT.test(fold(characters[other] ?? '')));
    const part = decimal && character.normalize('NFKC') === '.' ? '.' : fold(character);
    for (let unit = 0; unit < part.length; unit += 1) owner.push(place);
    plain += part;
  });
  const marked = new Array(characters.length).fill(false);
  for (const word of folded) {
    for (let at = plain.indexOf(word); at >= 0; at = plain.indexOf(word, at + 1)) {
      marked.fill(true, owner[at], owner[at + word.length - 1] + 1);
    }
  }
  const parts = [];
  characters.forEach((character, place) => {
    const last = parts[parts.length - 1];
    if (last !== undefined && last.mark === marked[place]) last.text += character;
    else parts.push({ text: character, mark: marked[place] });
  });
  return parts;
}
