// Resident ID numbers as people type them. Of a natural person's the site shows the first four and the last four
// characters, so these alone are looked up; the whole number goes into no address.

import { asCode, digitsOf } from './codes.js';
import { fold } from './normalise.js';

/** Characters of a number, and of one given out until 1999. */
const WHOLE = 18;
const SHORT = 15;

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS = '10x98765432';
const PROVINCES = [11, 83];

/** Years of age from which somebody may be published; a later day in a number that does not check is a document's. */
const GROWN = 16;

/** Digits a question must have before it may hold a number; parts one may be typed in. */
const FEWEST = 14;
const PARTS = 18;

const BORN = /^.{6}((?:19|20)[0-9]{2})(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])/;

/** What a number is called in front of it. */
const CALLED = /(?:公民|居民)?身份(?:证件?)?号?码?[：:]?\s*(?=[0-9]{4}\*)/gu;

const SHOWN = /^[0-9]{4}(\*+)[0-9]{3}[0-9Xx]$/;
const RUN = /[0-9A-Za-z\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\s\p{Pd}\p{Cf}]+/gu;

function check(digits) {
  return CHECKS[WEIGHTS.reduce((sum, weight, place) => sum + weight * digits[place], 0) % CHECKS.length];
}

/** What may be meant by digits: themselves, or as many as a number has, with one put in or left out. */
function meant(digits) {
  const places = Array.from({ length: digits.length + 1 }, (_, place) => place);
  const changed = (place, put, from) => digits.slice(0, place) + put + digits.slice(from);
  if (digits.length === WHOLE - 1) return places.flatMap((place) => [...'0123456789'].map((put) => changed(place, put, place)));
  if (digits.length === WHOLE + 1) return places.map((place) => changed(place, '', place + 1));
  return digits.length === WHOLE ? [digits] : [];
}

/** The birth year in 18 characters, `Infinity` where they begin with no province or hold no day. */
function yearOf(digits) {
  const province = Number(digits.slice(0, 2));
  return province < PROVINCES[0] || province > PROVINCES[1] ? Infinity : Number(BORN.exec(digits)?.[1] ?? Infinity);
}

/** A folded text as a number, `{number, length}`, one of 15 digits as one of 18; undefined where it is none. */
function numberOf(folded) {
  const digits = digitsOf(folded);
  const { length } = digits;
  if (!/^[0-9]+[0-9x]$/.test(digits)) return undefined;
  if (length === SHORT && !digits.endsWith('x')) {
    const front = `${digits.slice(0, 6)}19${digits.slice(6)}`;
    return yearOf(front) === Infinity ? undefined : { number: front + check(front), length };
  }
  const year = Math.min(...meant(digits).map(yearOf));
  if (year === Infinity) return undefined;
  const fits = length === WHOLE && check(digits) === digits[WHOLE - 1];
  const isOther = asCode(folded)?.sound || year > new Date().getFullYear() - GROWN;
  return fits || !isOther ? { number: digits, length } : undefined;
}

function shownOf(number) {
  return (number.slice(0, 4) + '*'.repeat(number.length - 8) + number.slice(-4)).toUpperCase();
}

/** The words of a run, numbers among them, also in parts, as they are shown; undefined where there is none. */
function wordsOf(run) {
  const words = run.trim().split(/\s+/u);
  const told = [];
  for (let at = 0; at < words.length;) {
    const ends = Array.from({ length: Math.min(PARTS, words.length - at) }, (_, place) => {
      const found = numberOf(fold(words.slice(at, at + place + 1).join('')));
      return found && { ...found, end: at + place + 1 };
    }).filter(Boolean);
    const found = ends.find(({ length }) => length === WHOLE) ?? ends.find(({ length }) => length === SHORT) ?? ends[0];
    told.push(found === undefined ? words[at] : shownOf(found.number));
    at = found?.end ?? at + 1;
  }
  return told.join(' ') === words.join(' ') ? undefined : told;
}

/** A question with the resident ID numbers in it as the site shows them; one without is left as it is. */
export function masked(question) {
  if (question.normalize('NFKC').replace(/[^0-9OoIiZzSs]/g, '').length < FEWEST) return question;
  return question.replace(RUN, (run) => {
    const told = wordsOf(run);
    return told === undefined ? run : ` ${told.join(' ')} `;
  }).replace(CALLED, '').trim();
}

/** How many characters a masked number in a question has, 0 where there is none; `alone`: only where it is all there is. */
export function maskedLength(question, { alone = false } = {}) {
  const words = question.normalize('NFKC').trim().split(/\s+/u);
  const found = alone && words.length > 1 ? undefined : words.find((word) => SHOWN.test(word));
  return found === undefined ? 0 : found.length;
}

/** Whether a text is a number that is being typed, and has come as far as the century of birth. */
export function isBegun(text) {
  const digits = digitsOf(fold(text));
  const province = Number(digits.slice(0, 2));
  return /^.{6}(?:19|20)[0-9]{0,9}$/.test(digits) && province >= PROVINCES[0] && province <= PROVINCES[1];
}
