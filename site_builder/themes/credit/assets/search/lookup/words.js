// Where a word stands in the index: in a few leaves, which are read whole, or as a common piece.

import { json, nameAt } from './blocks.js';
import {
  BEGINS, EQUAL, HOLDS, Leaf, TOLD, WIDTH,
} from './leaf.js';
import { list } from './lists.js';
import { fetchRows, matchOf } from './rows.js';

const HEADS = 16;
/** Tells a word that may be entered anywhere from pinyin and codes. */
export const NOT_LATIN = /[^\0-\x7f]/u;

/** About how many bytes it takes to read a row alone. */
const ROW_COST = 2000;

/**
 * The children of a directory node that may hold what starts with `wanted`: `[first, last]`. Dividers are not above a
 * child's first entry; they are equal to one before only where keys are.
 */
function children(dividers, wanted) {
  let low = 0;
  let high = dividers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (dividers[middle] < wanted) low = middle + 1;
    else high = middle;
  }
  let last = low;
  while (last < dividers.length && dividers[last].startsWith(wanted)) last += 1;
  const first = dividers[low] === wanted && wanted.length < WIDTH ? low : Math.max(0, low - 1);
  return [first, Math.max(first, last - 1)];
}

/** The first piece that starts with `wanted`: it has the same rows as `wanted` itself. */
function pieceIn(pieces, wanted) {
  return pieces.findIndex((piece) => piece.startsWith(wanted));
}

/** Rows that hold a word, with how well and their facets: what a few leaves say, checked where they are not sure. */
export class Few {
  constructor() {
    this.rows = new Map();
  }

  add({ row, match, facets }) {
    const known = this.rows.get(row);
    if (known === undefined) this.rows.set(row, { match, facets });
    else known.match = Math.min(known.match, match);
  }

  get size() {
    return this.rows.size;
  }
}

/** A common piece: its counts, first hits and facet counts; the whole list of rows when asked. */
export class Common {
  constructor(head, whole) {
    const [name, [size, begins, equal, told], equals, first, others, facets] = head;
    Object.assign(this, {
      name, size, begins, others, facets, whole,
    });
    this.told = new Set(others.slice(size - begins - told));
    const inFront = new Set(whole ? equals : []);
    this.equals = [...inFront];
    this.first = whole && equal > equals.length ? [] : first.filter((row) => !inFront.has(row));
  }

  /** The hits [offset, offset + limit) where the head holds them, or undefined. */
  page(offset, limit) {
    const until = Math.min(offset + limit, this.size);
    const known = [...this.equals, ...this.first];
    if (known.length >= this.begins) known.push(...this.others);
    return until <= known.length ? known.slice(offset, until) : undefined;
  }

  matchAt(row) {
    if (this.equals.includes(row)) return EQUAL;
    if (this.first.includes(row)) return BEGINS;
    return this.told.has(row) ? TOLD : HOLDS;
  }

  /** All rows, ascending, with how well each answers: `{rows, matches}`. */
  async list(blocks, signal) {
    const { rows, matches } = await blocks.get('list', this.name, list, signal);
    return { rows, matches: this.whole ? matches : matches.map((match) => (match === EQUAL ? BEGINS : match)) };
  }
}

/** About how many bytes a list of `size` among `rows` rows takes. */
function listCost(size, rows) {
  return Math.min(rows / 6, size * (Math.log2(rows / size) + 3) * 0.15);
}

/** Looks words up through the directory. */
export class Words {
  #blocks;

  #rows;

  #root;

  #segments;

  #fields;

  #widths;

  constructor(blocks, rows, root, segments, fields, widths) {
    this.#blocks = blocks;
    this.#rows = rows;
    this.#root = root;
    this.#segments = segments;
    this.#fields = fields;
    this.#widths = widths;
  }

  /** `Few` or `Common` for a folded word. */
  async find(word, signal) {
    const found = await (word.length <= WIDTH ? this.#within(word, signal) : this.#long(word, signal));
    found.word = word;
    return found;
  }

  async #within(word, signal) {
    if (this.#root.divider.length === 0) return new Few();
    const [first, last] = children(this.#root.divider, word);
    const pages = await Promise.all([first, Math.min(first + 1, last)].map(
      (place) => this.#blocks.get('page', nameAt(this.#root.page, place), json, signal),
    ));
    for (const page of pages) {
      const place = pieceIn(page.piece, word);
      if (place >= 0) return this.#common(page, place, word, signal);
    }
    return this.#few(first === last ? pages.slice(0, 1) : pages, word, signal);
  }

  async #common(page, place, word, signal) {
    const heads = await this.#blocks.get('head', nameAt(page.head, Math.floor(place / HEADS)), json, signal);
    return new Common(heads[place % HEADS], page.piece[place] === word);
  }

  async #few(pages, word, signal) {
    const names = pages.flatMap((page) => {
      const [first, last] = children(page.divider, word);
      return Array.from({ length: last - first + 1 }, (_, place) => nameAt(page.leaf, first + place));
    });
    const leaves = await Promise.all(
      names.map((name) => this.#blocks.get('leaf', name, (data) => new Leaf(data), signal)),
    );
    const few = new Few();
    const doubtful = new Few();
    for (const leaf of leaves) {
      for (const entry of leaf.find(word, [...word].length, this.#widths)) (entry.sure ? few : doubtful).add(entry);
    }
    await this.#check(doubtful, word, signal);
    for (const [row, { match, facets }] of doubtful.rows) few.add({ row, match, facets });
    return few;
  }

  /** The longest beginning of a text that some name or number is known to hold; `rare` where one may hold more of it. */
  async longest(text, signal) {
    const wanted = text.slice(0, WIDTH);
    if (this.#root.divider.length === 0) return { piece: '', rare: false };
    const [place] = children(this.#root.divider, wanted);
    const page = await this.#blocks.get('page', nameAt(this.#root.page, place), json, signal);
    const [first] = children(page.divider, wanted);
    const leaf = await this.#blocks.get('leaf', nameAt(page.leaf, first), (data) => new Leaf(data), signal);
    const { length, cut } = leaf.longest(wanted);
    const whole = /[\ud800-\udbff]$/u.test(wanted.slice(0, length)) ? length - 1 : length;
    return { piece: wanted.slice(0, whole), rare: cut };
  }

  /** Leave only the rows that hold the word. */
  async #check(few, word, signal) {
    const numbers = [...few.rows.keys()];
    const rows = await fetchRows(this.#blocks, this.#segments, this.#fields, numbers, signal);
    rows.forEach((row, place) => {
      const match = matchOf(row, word);
      if (match === Infinity) few.rows.delete(numbers[place]);
      else few.rows.get(numbers[place]).match = Math.min(match, few.rows.get(numbers[place]).match);
    });
  }

  /**
   * A word longer than the index compares: what holds its first units and, where it may be entered anywhere (pinyin may
   * not), its last ones; then the rows themselves are read.
   */
  async #long(word, signal) {
    const half = (place) => (word.codePointAt(place - 1) > 0xffff ? 1 : 0);
    const windows = [word.slice(0, WIDTH - half(WIDTH))];
    const back = word.length - WIDTH;
    if (NOT_LATIN.test(word)) windows.push(word.slice(back + half(back)));
    const found = await Promise.all(windows.map((window) => this.#within(window, signal)));
    const few = await this.narrow(found, signal);
    await this.#check(few, word, signal);
    return few;
  }

  /** The rows that all of the found have, as `Few`; facets are known where one of the found is `Few`. */
  async narrow(found, signal) {
    const [smallest, ...others] = [...found].sort(
      (one, other) => (one instanceof Common) - (other instanceof Common) || one.size - other.size,
    );
    const few = new Few();
    if (smallest instanceof Common) {
      const [own, ...sieves] = await Promise.all([
        smallest.list(this.#blocks, signal),
        ...others.map((other) => this.#sieve(other, signal)),
      ]);
      own.rows.forEach((row, place) => {
        const match = Math.min(own.matches[place], ...sieves.map((sieve) => sieve[row] - 1));
        if (sieves.every((sieve) => sieve[row] > 0)) few.rows.set(row, { match });
      });
      return few;
    }
    for (const [row, { match, facets }] of smallest.rows) few.add({ row, match, facets });
    for (const other of others) await this.#keep(few, other, signal); // eslint-disable-line no-await-in-loop
    return few;
  }

  /** For each row of the index 0, or one more than how well it answers. */
  async #sieve(common, signal) {
    const { rows, matches } = await common.list(this.#blocks, signal);
    const sieve = new Uint8Array(this.#rows);
    rows.forEach((row, place) => { sieve[row] = matches[place] + 1; });
    return sieve;
  }

  async #keep(few, other, signal) {
    if (other instanceof Few) {
      for (const [row, known] of few.rows) {
        const match = other.rows.get(row)?.match;
        if (match === undefined) few.rows.delete(row);
        else known.match = Math.min(known.match, match);
      }
    } else if (other.word !== undefined && few.size * ROW_COST < listCost(other.size, this.#rows)) {
      await this.#check(few, other.word, signal);
    } else {
      const sieve = await this.#sieve(other, signal);
      for (const [row, known] of few.rows) {
        if (sieve[row] === 0) few.rows.delete(row);
        else known.match = Math.min(known.match, sieve[row] - 1);
      }
    }
  }
}
