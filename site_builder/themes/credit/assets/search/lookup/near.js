// Names that are like a query no row answers to: see site_builder/search/lookup/near.py.

import {
  asCode, digitsOf, isWrongLength, soundNear,
} from './codes.js';
import { nameAt } from './blocks.js';
import { distance, SHORTEST_NAME, unlikeness } from './likeness.js';
import { fold } from './normalise.js';
import { fetchRows } from './rows.js';
import { Few, NOT_LATIN } from './words.js';

const OFFERED = 5;
const GRAVEST = 'severe-list';
const SHORTEST_QUERY = 2;
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

/** What places are called in full at the beginning of a text: they tell no name from another. */
const PLACE = /^(?:.{2,5}?[省市区县州盟旗]){1,3}/u;

/** Characters of the longest text that is also looked for by its sound. */
const SPOKEN = 4;

/**
 * The end of a code that is looked up by itself: few codes have it; those that differ there alone stand side by side in the
 * index, and the check character leaves one for each place.
 */
const CODE_END = 7;
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

/** Whether a row may be offered to who typed another name: a natural person's never is. */
function isOffered({ subjectType }) {
  return subjectType !== 'natural_person';
}

/** A row as a hit has it. */
function shown({ readings, ...row }) {
  return row;
}

/** Whether a row stands for its name or its code before another. */
export function isGraver(row, other) {
  return row.kind === GRAVEST && other.kind !== GRAVEST;
}

/** The order of names offered, `{row, far}` each: the likest first, of those alike the gravest. */
export function likelier(one, other) {
  const grave = ({ row }) => Number(row.kind === GRAVEST);
  return Math.floor(one.far) - Math.floor(other.far) || grave(other) - grave(one) || one.far - other.far;
}

/** Looks for what is like a query; `about` are the header's words on the blocks. */
export class Near {
  #blocks;

  #words;

  #segments;

  #fields;

  #about;

  #facets;

  constructor(blocks, words, segments, fields, about, facets) {
    this.#blocks = blocks;
    this.#words = words;
    this.#segments = segments;
    this.#fields = fields;
    this.#about = about;
    this.#facets = facets;
  }

  /**
   * `{code, codes, names, more}`: what the query is as a whole code (`asCode`), the listed codes one character away from
   * it, and names like it, at most five, none twice; each a row, as hits are. `more`: whether there may be more names.
   */
  async like(query, signal) {
    const typed = fold(query);
    const code = asCode(typed);
    if (code !== undefined || isWrongLength(typed)) {
      return { code, codes: code?.sound ? [] : await this.#codes(digitsOf(typed), signal), names: [] };
    }
    if (typed.length < SHORTEST_QUERY || typed.length > LONGEST_QUERY || typed.includes('*')) return { code, codes: [], names: [] };
    const like = (row, name) => unlikeness(typed, name);
    let names = typed.length > SHORTEST_QUERY ? await this.#ranked(like, await this.#mistyped(typed, signal), signal) : [];
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

  /** Numbers of the rows that stand for a name with a hash, and of few others. */
  async #sharing(hash, signal) {
    const { blocks, segment } = this.#about;
    const place = hash % blocks;
    const name = `${nameAt(segment, Math.floor(place / SEGMENT_BLOCKS))}-${place % SEGMENT_BLOCKS}`;
    const rows = await this.#blocks.get('near', name, block, signal);
    return rows.get(Math.floor(hash / blocks) & 0xffff) ?? [];
  }

  /** The rows that stand for the names of rows, which a common piece does not tell; the gravest first. */
  async #standing(rows, signal) {
    const found = await Promise.all(rows.map(async (row) => {
      const [whole] = hashes(fold(row.title));
      const others = await this.#rows(await this.#sharing(whole, signal), signal);
      const stands = (other) => isGraver(other, row) && isOffered(other) && fold(other.title) === fold(row.title);
      return others.find(stands) ?? row;
    }));
    return found.sort((one, other) => isGraver(other, one) - isGraver(one, other)).map(shown);
  }

  /** Numbers of the names that share a hash with what was typed: first those it lacks one character of. */
  async #mistyped(typed, signal) {
    const found = await Promise.all([...hashes(typed)].map((hash) => this.#sharing(hash, signal)));
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
    const numbers = await this.#gravest(found, READ, signal);
    const sounds = (read) => read.some((_, at) => syllables.every((syllable, place) => read[at + place]?.syllable === syllable)
      && characters.some((character, place) => read[at + place].character === character));
    const heard = await this.#ranked((row) => (readOf(row).some(sounds) ? 1 : Infinity), numbers, signal);
    return found instanceof Few ? heard : this.#standing(heard, signal);
  }

  /** Where the pieces begin: behind the `place` units of a place in front, where a piece reaches further from there. */
  async #begin(typed, place, signal) {
    if (place === 0) return 0;
    const [whole, behind] = await Promise.all([0, place].map((at) => this.#words.longest(typed.slice(at), signal)));
    return place + behind.piece.length > whole.piece.length ? place : 0;
  }

  /** Numbers of rows that have the rarer of the longest pieces of what was typed that any row has. */
  async #inPieces(typed, place, signal) {
    const found = [];
    const enough = () => found.some((one) => one.size <= READ);
    for (let at = await this.#begin(typed, place, signal), left = typed.length > SHORT_FORM ? 1 : PIECES; left > 0 && at < typed.length && !enough(); left -= 1) {
      const { piece, rare } = await this.#words.longest(typed.slice(at), signal); // eslint-disable-line no-await-in-loop
      if (piece.length > 1 || (piece !== '' && rare)) found.push(await this.#words.find(piece, signal)); // eslint-disable-line no-await-in-loop
      at += Math.max(1, piece.length);
    }
    const [few, ...others] = found.filter((one) => one instanceof Few).sort((one, other) => one.size - other.size);
    if (few === undefined) return [];
    const held = (row) => others.filter(({ rows }) => rows.has(row)).length;
    return (await this.#gravest(few, few.size, signal)).sort((one, other) => held(other) - held(one));
  }

  /** Numbers of the first rows of what was found: the gravest, then the newest; of a common piece as it has them. */
  async #gravest(found, most, signal) {
    if (!(found instanceof Few)) return found.page(0, most) ?? [];
    const place = await this.#facets.places(found, 'kind', [GRAVEST], signal);
    return [...found.rows.keys()].sort((row, other) => place(row) - place(other) || other - row).slice(0, most);
  }

  /** The names of rows that are like what was typed, the `likelier` first; `farOf(row, name)` says how far each is. */
  async #ranked(farOf, numbers, signal) {
    const rows = await this.#rows(numbers.slice(0, READ), signal);
    const found = new Map();
    rows.forEach((row, place) => {
      const name = fold(row.title);
      const far = farOf(row, name);
      if (!isOffered(row) || [...name].length < SHORTEST_NAME || far === Infinity) return;
      const first = found.get(name);
      if (first === undefined) found.set(name, { row, far, place });
      else if (isGraver(row, first.row)) first.row = row;
    });
    return [...found.values()].sort((one, other) => likelier(one, other) || one.place - other.place)
      .slice(0, OFFERED).map(({ row }) => shown(row));
  }

  /** Rows of listed codes that are this one but for one character, which may be missing or too many. */
  async #codes(code, signal) {
    const cut = code.length - CODE_END;
    const others = soundNear(code).filter(([place]) => place >= cut).map(([, other]) => other);
    const pieces = new Set([code.slice(cut), ...others]);
    const found = await Promise.all([...pieces].map((piece) => this.#words.find(piece, signal)));
    const lists = await Promise.all(found.map((one) => this.#gravest(one, CODES_READ, signal)));
    const numbers = Array.from({ length: CODES_READ }, (_, place) => lists.flatMap((list) => list.slice(place, place + 1)));
    const rows = await this.#rows([...new Set(numbers.flat())].slice(0, 2 * CODES_READ), signal);
    const listed = new Map();
    for (const row of rows.filter(isOffered)) {
      const own = fold(row.code);
      const first = listed.get(own);
      const stands = first === undefined || isGraver(row, first);
      if (distance(own, code) === 1 && stands) listed.set(own, row);
    }
    return [...listed.values()].slice(0, CODES).map(shown);
  }
}
