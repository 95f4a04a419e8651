// Resident ID numbers as people type them. Of a natural person's the site shows the first four and the last four
// characters, so these alone are looked up; the whole number goes into no address. Only a sound one is masked, which no
// listed record holds (contract, section 3): other digits may be a listed document's number, and are asked as typed.

import { asCode, digitsOf } from './codes.js';
import { fold } from './normalise.js';

/** Characters of a number, and of one given out until 1999. */
const WHOLE = 18;
const SHORT = 15;

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS = '10x98765432';
const PROVINCES = [11, 83];

/** Years of age from which somebody may be published; a later day in a number that does not check, or that the rules do not read, is a document's. */
const GROWN = 16;

/** Digits, or letters like them, a question must have before it may hold a number; digits of one that is being typed. */
const FEWEST = 14;
const BEGUN = 8;

const BORN = /^.{6}((?:19|20)[0-9]{2})(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])/;

/** What may stand between the characters of a number: all but letters, what masks some, and the year of a document's. */
const GAP = '(?:(?!\\*{4}|[(\\[〔【](?:19|20)[0-9]{2}[)\\]〕】])[\\p{P}\\p{S}\\p{Z}\\p{C}\\p{M}\\u115f\\u1160\\u30fc])';

/** What the rules read over between digits (contract, section 3): a listed number may be parted by anything else. */
const NARROW = '[\\s\\p{Pd}\\p{Cf}\\ufe00-\\ufe0f\\u034f\\u115f\\u1160\\u2212\\u30fc]*';
const READ = new RegExp(`^${NARROW}(?:[.·•‧∙⋅・。,、/⁄∕]${NARROW})?$`, 'u');

/** The last character, and what looks like it. */
const X = 'xXхХχΧ×✕✖⨉⨯╳';
const SIGN = /[^\p{L}]/u;

const CHARACTER = new RegExp(`[0-9${X}]`, 'gu');
const STRETCH = new RegExp(`[0-9](?:${GAP}*[0-9${X}])*`, 'gu');

/** One of 15 digits, whole or divided as usual; behind these words it is an organisation's (contract, section 3). */
const OLD = /(?<![0-9]|(?:注册号|税号|纳税人识别号)码?[为是:\s]*)([0-9]{6})[\s\p{Pd}\p{Cf}]*([0-9]{6})[\s\p{Pd}\p{Cf}]*([0-9]{3})(?![0-9])/gu;

/** Numbers glued together, among them telephones. */
const GLUED = new RegExp(`^(?:[0-9]{${WHOLE - 1}}[0-9x]|1[3-9][0-9]{9}){2,}$`);
const MOBILE = 11;

/** Letters beside digits that are taken for them. */
const LETTERS = /(?<![a-z])[oizs]+(?![a-wyz])/giu;
const guessed = (text) => text.replace(LETTERS, (letters) => digitsOf(letters.toLowerCase()));

/** What a number is called in front of it, and marks left alone or open. */
const CALLED = /(?:(?:公民|居民)?身份(?:证件?)?号?码?|证件号码?|(?<![a-z])(?:sfzh?|id))[:：]?\s*(?=[0-9]{4}\*)/giu;
const ALONE = /(?<=^|\s)[\p{P}\p{S}\p{M}\p{C}]+(?=\s|$)|[\p{Ps}\p{Pi}]+(?=\s+[0-9]{4}\*{4})/gu;

const SHOWN = /^[0-9]{4}(\*+)[0-9]{3}[0-9Xx]$/;

function check(digits) {
  return CHECKS[WEIGHTS.reduce((sum, weight, place) => sum + weight * digits[place], 0) % CHECKS.length];
}

/** The birth year in 18 characters, `Infinity` where they begin with no province or hold no day up to today. */
function yearOf(digits) {
  const province = Number(digits.slice(0, 2));
  const [, year, month, day] = (BORN.exec(digits) ?? []).map(Number);
  const born = new Date(Date.UTC(year, month - 1, day));
  const isDay = born.getUTCDate() === day && born <= new Date();
  return isDay && province >= PROVINCES[0] && province <= PROVINCES[1] ? year : Infinity;
}

function isGrown(digits) {
  return yearOf(digits) <= new Date().getFullYear() - GROWN;
}

function isSound(digits) {
  return digits.length === WHOLE && yearOf(digits) !== Infinity && check(digits) === digits[WHOLE - 1];
}

function shownOf(number) {
  return (number.slice(0, 4) + '*'.repeat(number.length - 8) + number.slice(-4)).toUpperCase();
}

/** A text in which every digit of any writing is one of 0 to 9; a raised or circled one beside an ordinary one is another's. */
function plain(text) {
  const valueOf = (code) => { // the ten digits of a writing stand one after another
    let zero = code;
    while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
    return String((code - zero) % 10);
  };
  return text.replace(/(?<=\p{No})(?=\p{Nd})|(?<=\p{Nd})(?=\p{No})/gu, ' ').normalize('NFKC')
    .replace(/(?![0-9])\p{Nd}/gu, (digit) => valueOf(digit.codePointAt(0)));
}

/**
 * A stretch's digits and last characters `{value, isSign, begins, ends, isRead}`; `begins`, `ends`: no digit touches it there;
 * `isRead`: the rules read over what stands before it.
 */
function charactersOf(stretch) {
  const isDigit = (at) => /[0-9]/.test(stretch[at] ?? '');
  let end = 0;
  return [...stretch.matchAll(CHARACTER)].map(({ 0: value, index: at }) => {
    const isRead = READ.test(stretch.slice(end, at));
    end = at + 1;
    return {
      value: isDigit(at) ? value : 'x', isSign: SIGN.test(value), begins: !isDigit(at - 1), ends: !isDigit(at + 1), isRead,
    };
  });
}

/** The sound number that begins at a place among characters, `{number, end}`: between borders, however it is parted. */
function soundAt(characters, first) {
  let digits = '';
  let areRead = true;
  for (let at = first; at < characters.length && digits.length < WHOLE; at += 1) {
    const { value, isSign, ends, isRead } = characters[at];
    areRead &&= at === first || isRead;
    const number = digits + value;
    if ((value === 'x' || ends) && isSound(number) && (areRead || isGrown(number))) return { number, end: at + 1 };
    if (value !== 'x') digits = number;
    else if (isSign) areRead = false;
    else return undefined;
  }
  return undefined;
}

/** The sound numbers in digits without a border that are nothing but such and telephones glued together. */
function glued(digits) {
  if (!GLUED.test(digits)) return [];
  const read = (at) => {
    if (at === digits.length) return [];
    const number = digits.slice(at, at + WHOLE);
    const rest = isSound(number) ? read(at + WHOLE) : undefined;
    if (rest !== undefined) return [number, ...rest];
    return /^1[3-9][0-9]{9}/.test(digits.slice(at)) ? read(at + MOBILE) : undefined;
  };
  return read(0) ?? [];
}

/** The sound numbers in a stretch of digits and gaps. */
function soundIn(stretch) {
  if (stretch.length < WHOLE) return [];
  const characters = charactersOf(stretch);
  const found = [];
  for (let at = 0; at < characters.length;) {
    const one = characters[at].begins && characters[at].value !== 'x' ? soundAt(characters, at) : undefined;
    if (one !== undefined) found.push(one.number);
    at = one?.end ?? at + 1;
  }
  return found.length > 0 ? found : stretch.replace(new RegExp(`[${X}]`, 'gu'), 'x').split(/[^0-9x]+/).flatMap(glued);
}

/** A text with the sound numbers in it masked, each stretch with one by its numbers alone. */
function withoutSound(text) {
  return text.replace(STRETCH, (stretch) => {
    const found = soundIn(stretch);
    return found.length === 0 ? stretch : ` ${found.map(shownOf).join(' ')} `;
  });
}

/** A text with the old numbers of 15 digits masked as what they became. */
function withoutOld(text) {
  return text.replace(OLD, (digits, division, born, serial) => {
    const front = `${division}19${born}${serial}`;
    return yearOf(front) === Infinity ? digits : ` ${shownOf(front + check(front))} `;
  });
}

/** A question with the resident ID numbers in it as the site shows them; one without is left as it is. */
export function masked(question) {
  if (question.normalize('NFKC').replace(/[^\p{N}oizs]/giu, '').length < FEWEST) return question;
  const text = plain(question);
  let told = withoutSound(text);
  if (told === text) {
    const other = guessed(text);
    const found = withoutSound(other);
    told = found === other ? withoutOld(text) : found;
  } else told = withoutOld(told);
  return told === text ? question : told.replace(CALLED, '').replace(ALONE, '').replace(/\s+/gu, ' ').trim();
}

/** Whether an address holds what it may not: somebody wrote a whole number into it, behind its `#` or its question mark. */
export function tellsNumber(address) {
  const { hash, searchParams } = new URL(address);
  return [...new URLSearchParams(hash.slice(1)), ...searchParams].flat().some((text) => masked(text) !== text);
}

/** How many characters a masked number in a question has, 0 where there is none; `alone`: only where it is all there is. */
export function maskedLength(question, { alone = false } = {}) {
  const words = question.normalize('NFKC').trim().split(/\s+/u);
  const found = alone && words.length > 1 ? undefined : words.find((word) => SHOWN.test(word));
  return found === undefined ? 0 : found.length;
}

/** What may be meant by digits: themselves, or as many as a number has, with one put in or left out. */
function meant(digits) {
  const places = Array.from({ length: digits.length + 1 }, (_, place) => place);
  const changed = (place, put, from) => digits.slice(0, place) + put + digits.slice(from);
  if (digits.length === WHOLE - 1) return places.flatMap((place) => [...'0123456789'].map((put) => changed(place, put, place)));
  if (digits.length === WHOLE + 1) return places.map((place) => changed(place, '', place + 1));
  return digits.length === WHOLE ? [digits] : [];
}

/** How many characters a mistyped number in a question has: 18 where the check fails, or one more or less; 0 where there is none. */
export function mistypedLength(question) {
  const words = [question, ...question.normalize('NFKC').split(/\s+/u)].map(fold);
  const isOne = (word) => /^[0-9]+[0-9x]$/.test(word) && !isSound(word) && !asCode(word)?.sound
    && meant(word).some(isGrown);
  return words.find(isOne)?.length ?? 0;
}

/** Whether a text holds what may be a number that is still being typed. */
export function isBegun(text) {
  return (guessed(plain(text)).match(STRETCH) ?? []).some((stretch) => stretch.replace(/[^0-9]/g, '').length >= BEGUN);
}
