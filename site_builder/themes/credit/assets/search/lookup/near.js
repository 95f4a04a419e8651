// Names that are like a query no row answers to: see site_builder/search/lookup/near.py.

import { asCode, soundNear } from './codes.js';
import { nameAt } from './blocks.js';
import { fold } from './normalise.js';
import { fetchRows } from './rows.js';
import { Few, NOT_LATIN } from './words.js';

const OFFERED = 5;
const GRAVEST = 'severe-list';
const SHORTEST_NAME = 4;
const SHORTEST_QUERY = 3;
const LONGEST_QUERY = 41;
const SEGMENT_BLOCKS = 1024;
const BASE = 16777619;
const SORTED = 0x5bd1e995;

/**
 * Names read before the best are chosen; pieces looked up of what may be a short form, of a longer text only the first,
 * of one longer still none: so no miss takes more than 60 KB more.
 */
const READ = 5;
const PIECES = 2;
const SHORT_FORM = 12;
const LONGEST_PIECED = 24;

/** What a place is called in full at the beginning of a text: it tells no name from another. */
const PLACE = /^.{2,5}?[市区县州盟旗]/u;

/** Characters of the longest text that is also looked for by its sound. */
const SPOKEN = 4;

/**
 * Where a whole code is cut: few codes have what stands behind; those that differ there alone stand side by side in the
 * index, and the check character leaves one for each place.
 */
const CODE_CUT = 11;
const CODES = 2;
const CODES_READ = 8;

function spread(hash) {
  let mixed = hash ^ (hash >>> 16);
  mixed = Math.imul(mixed, 0x85ebca6b);
  mixed ^= mixed >>> 13;
  mixed = Math.imul(mixed, 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

function hashOf(units, plus = 0) {
  let hash = 0;
  for (const unit of units) hash = (Math.imul(hash, BASE) + unit) | 0;
  return spread((hash + plus) | 0);
}

/** The hashes of a name: of the whole, without each character in turn, and of all in order. */
export function hashes(name) {
  const units = Array.from({ length: name.length }, (_, place) => name.charCodeAt(place));
  const found = [hashOf(units), ...units.map((_, place) => hashOf(units.toSpliced(place, 1)))];
  return new Set([...found, hashOf(units.toSorted((one, other) => one - other), SORTED)]);
}

/** Fewest characters to put in, leave out, change or swap with their neighbour to make one text of another. */
export function distance(one, other) {
  const [left, right] = [[...one], [...other]];
  let before = [];
  let last = Array.from({ length: right.length + 1 }, (_, place) => place);
  for (let row = 1; row <= left.length; row += 1) {
    const next = [row];
    for (let column = 1; column <= right.length; column += 1) {
      const same = left[row - 1] === right[column - 1];
      let best = Math.min(last[column] + 1, next[column - 1] + 1, last[column - 1] + (same ? 0 : 1));
      const swapped = row > 1 && column > 1 && left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1];
      if (swapped) best = Math.min(best, before[column - 2] + 1);
      next.push(best);
    }
    [before, last] = [last, next];
  }
  return last[right.length];
}

/** How many characters of a text stand in another in the same order. */
function inOrder(text, other) {
  const [left, right] = [[...text], [...other]];
  let last = new Array(right.length + 1).fill(0);
  for (const character of left) {
    const next = [0];
    right.forEach((one, place) => {
      next.push(one === character ? last[place] + 1 : Math.max(last[place + 1], next[place]));
    });
    last = next;
  }
  return last[right.length];
}

/** Whether a text has all characters of another, as many times. */
function hasAll(text, other) {
  const left = [...text];
  return [...other].every((character) => {
    const place = left.indexOf(character);
    if (place >= 0) left.splice(place, 1);
    return place >= 0;
  });
}

/**
 * How far a name is from what was typed, `Infinity` where it is not like it: mistakes in the whole; or what a short form
 * leaves out; or words in another order.
 */
export function unlikeness(typed, name) {
  const size = [...typed].length;
  const mistakes = distance(typed, name);
  if (mistakes <= (size > 9 ? 2 : 1)) return mistakes;
  if (size < SHORTEST_NAME) return Infinity;
  const kept = inOrder(typed, name);
  if (kept === size) return 2 + ([...name].length - size) / 100;
  if (hasAll(name, typed) && kept * 2 >= size) return 3 + ([...name].length - kept) / 100;
  if (size > 4 && kept === size - 1) return 4 + ([...name].length - kept) / 100;
  return Infinity;
}

/** The ways a row's name is read, each `[{character, syllable}, …]`, of those that have a syllable for each character. */
function readOf({ title, readings }) {
  const characters = [...fold(title)];
  return readings.split('\n').map((reading) => reading.split("'")).filter((syllables) => syllables.length === characters.length)
    .map((syllables) => syllables.map((syllable, place) => ({ character: characters[place], syllable })));
}

/** `{hash: [row, …]}` of a block. */
function block(bytes) {
  const count = new DataView(bytes.buffer, bytes.byteOffset).getUint16(0, true);
  const rows = new Map();
  for (let entry = 0; entry < count; entry += 1) {
    const byte = (column) => bytes[2 + column * count + entry];
    const told = (byte(0) << 8) | byte(1);
    const row = (byte(2) << 16) | (byte(3) << 8) | byte(4);
    if (rows.has(told)) rows.get(told).push(row);
    else rows.set(told, [row]);
  }
  return rows;
}

/** Looks for what is like a query; `about` are the header's words on the blocks. */
/** The order of names offered, `{row, far}` each: the likest first, of those alike the gravest. */
export function likelier(one, other) {
  const grave = ({ row }) => Number(row.kind === GRAVEST);
  return Math.floor(one.far) - Math.floor(other.far) || grave(other) - grave(one) || one.far - other.far;
}

export class Near {
  #blocks;

  #words;

  #segments;

  #fields;

  #about;

  constructor(blocks, words, segments, fields, about) {
    this.#blocks = blocks;
    this.#words = words;
    this.#segments = segments;
    this.#fields = fields;
    this.#about = about;
  }

  /**
   * `{code, codes, names, more}`: what the query is as a whole code (`asCode`), the listed codes one character away from
   * it, and names like it, at most five, none twice; each a row, as hits are. `more`: whether there may be more names.
   */
  async like(query, signal) {
    const typed = fold(query);
    const code = asCode(typed);
    if (code !== undefined) {
      return { code, codes: code.sound ? [] : await this.#codes(code.code, signal), names: [] };
    }
    if (typed.length < SHORTEST_QUERY || typed.length > LONGEST_QUERY) return { code, codes: [], names: [] };
    const like = (row, name) => unlikeness(typed, name);
    let names = await this.#ranked(like, await this.#mistyped(typed, signal), signal);
    const chinese = NOT_LATIN.test(typed); // pinyin would be found in readings, which are no names
    if (names.length === 0 && chinese && typed.length <= SPOKEN) names = await this.#sounding(typed, signal);
    if (names.length === 0 && chinese && typed.length >= SHORTEST_NAME && typed.length <= LONGEST_PIECED) {
      const place = PLACE.exec(typed)?.[0].length ?? 0;
      const rest = typed.slice(place);
      const either = (row, name) => Math.min(unlikeness(typed, name), place === 0 ? Infinity : 1 + unlikeness(rest, name));
      names = await this.#ranked(either, await this.#inPieces(typed, place, signal), signal);
    }
    return {
      code, codes: [], names, more: names.length === OFFERED,
    };
  }

  #rows(numbers, signal) {
    return fetchRows(this.#blocks, this.#segments, this.#fields, numbers, signal);
  }

  /** Numbers of the names that share a hash with what was typed: first those it lacks one character of. */
  async #mistyped(typed, signal) {
    const { blocks, segment } = this.#about;
    const found = await Promise.all([...hashes(typed)].map(async (hash) => {
      const place = hash % blocks;
      const name = `${nameAt(segment, Math.floor(place / SEGMENT_BLOCKS))}-${place % SEGMENT_BLOCKS}`;
      const rows = await this.#blocks.get('near', name, block, signal);
      return rows.get(Math.floor(hash / blocks) & 0xffff) ?? [];
    }));
    const counts = new Map();
    found.forEach((rows, place) => {
      for (const row of rows) counts.set(row, (counts.get(row) ?? 0) + (place === 0 ? found.length : 1));
    });
    return [...counts].sort(([row, count], [other, more]) => more - count || other - row).map(([row]) => row);
  }

  /** Names in which the characters sound as those typed do, at least one of them the same. */
  async #sounding(typed, signal) {
    const { syllableOf } = await import('./sounds.js'); // few ask for it
    const characters = [...typed];
    const syllables = characters.map(syllableOf);
    if (syllables.includes(undefined)) return [];
    const found = await this.#words.find(syllables.join(''), signal);
    const numbers = found instanceof Few ? [...found.rows.keys()].sort((row, other) => other - row) : found.page(0, READ) ?? [];
    const sounds = (read) => read.some((_, at) => syllables.every((syllable, place) => read[at + place]?.syllable === syllable)
      && characters.some((character, place) => read[at + place].character === character));
    return this.#ranked((row) => (readOf(row).some(sounds) ? 1 : Infinity), numbers, signal);
  }

  /**
   * Numbers of rows that have the rarer of the longest pieces of what was typed that any row has; a piece that is no more
   * than the `place` units of a place in front is none.
   */
  async #inPieces(typed, place, signal) {
    const found = [];
    const enough = () => found.some((one) => one.size <= READ);
    for (let at = 0, left = typed.length > SHORT_FORM ? 1 : PIECES; left > 0 && at < typed.length && !enough(); left -= 1) {
      const { piece, rare } = await this.#words.longest(typed.slice(at), signal); // eslint-disable-line no-await-in-loop
      if (at === 0 && place > 0 && piece.length <= place) {
        at = place;
        left += 1;
        continue; // eslint-disable-line no-continue
      }
      if (piece.length > 1 || (piece !== '' && rare)) found.push(await this.#words.find(piece, signal)); // eslint-disable-line no-await-in-loop
      at += Math.max(1, piece.length);
    }
    const [few, ...others] = found.filter((one) => one instanceof Few).sort((one, other) => one.size - other.size);
    if (few === undefined) return [];
    const held = (row) => others.filter(({ rows }) => rows.has(row)).length;
    return [...few.rows.keys()].sort((one, other) => held(other) - held(one) || other - one);
  }

  /** The names of rows that are like what was typed, the `likelier` first; `farOf(row, name)` says how far each is. */
  async #ranked(farOf, numbers, signal) {
    const rows = await this.#rows(numbers.slice(0, READ), signal);
    const found = new Map();
    rows.forEach((row, place) => {
      const name = fold(row.title);
      const far = farOf(row, name);
      if (row.subjectType === 'natural_person' || [...name].length < SHORTEST_NAME || far === Infinity) return;
      if (!found.has(name)) found.set(name, { row, far, place });
    });
    return [...found.values()].sort((one, other) => likelier(one, other) || one.place - other.place)
      .slice(0, OFFERED).map(({ row: { readings, ...shown } }) => shown);
  }

  /** Rows of listed codes that are this one but for one character. */
  async #codes(code, signal) {
    const others = soundNear(code).filter(([place]) => place >= CODE_CUT).map(([, other]) => other);
    const found = await Promise.all([code.slice(CODE_CUT), ...others].map((piece) => this.#words.find(piece, signal)));
    const numbers = new Set(found.flatMap((one) => (one instanceof Few
      ? [...one.rows.keys()].sort((row, other) => other - row).slice(0, CODES_READ) : one.page(0, CODES_READ) ?? [])));
    const rows = await this.#rows([...numbers].sort((one, other) => other - one).slice(0, 2 * CODES_READ), signal);
    const listed = new Map();
    for (const { readings, ...row } of rows) {
      const own = fold(row.code);
      if (row.subjectType !== 'natural_person' && distance(own, code) === 1 && !listed.has(own)) listed.set(own, row);
    }
    return [...listed.values()].slice(0, CODES);
  }
}
