// A leaf of the index, read in place: see site_builder/search/lookup/leaves.py.

/** UTF-16 units of a suffix the index compares. */
export const WIDTH = 48;

const HEAD = 6;
const END = 1;
const CUT = 0;

/** How well a row answers: it is the word, begins with it, holds it, or is by an authority or on a list called so. */
export const EQUAL = 0;
export const BEGINS = 1;
export const HOLDS = 2;
export const TOLD = 3;

/** The types of key: texts, their pinyin, codes, authority and list; and the fewest characters that look into each. */
export const TEXT = 0;
export const LATIN = 1;
export const CODE = 2;
export const SAID = 3;
export const SHORTEST = [1, 2, 4, 3];

export class Leaf {
  #bytes;

  #count;

  #letters;

  constructor(bytes) {
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    this.#count = view.getUint16(0, true);
    this.#letters = view.getUint32(2, true);
    this.#bytes = bytes.subarray(HEAD);
  }

  #letter(place) {
    const at = 2 * this.#count + place;
    return this.#bytes[at] | (this.#bytes[at + this.#letters] << 8);
  }

  #column(column, entry) {
    return this.#bytes[(2 + column) * this.#count + 2 * this.#letters + entry];
  }

  /**
   * The entries that start with the word or are cut before they say: `[entry, next]`, `next` being the unit behind the
   * word, `CUT` where the entry ends with it, undefined where it ends before.
   */
  * #starting(word) {
    const count = this.#count;
    let at = 0;
    let matched = 0;
    let next = CUT;
    for (let entry = 0; entry < count; entry += 1) {
      const shared = this.#bytes[entry];
      const length = shared + this.#bytes[count + entry];
      if (shared <= matched) {
        matched = shared;
        const first = at - shared;
        while (matched < word.length && matched < length && this.#letter(first + matched) === word.charCodeAt(matched)) {
          matched += 1;
        }
        if (matched === word.length) next = length > matched ? this.#letter(first + matched) : CUT;
        else if (matched === length) yield [entry, undefined];
      }
      if (matched === word.length) yield [entry, next];
      at += length - shared;
    }
  }

  /** How many units of a word some text here starts with; `cut` where it may go on like the word. */
  longest(word) {
    let best = 0;
    let cut = false;
    let at = 0;
    let matched = 0;
    for (let entry = 0; entry < this.#count && best < word.length; entry += 1) {
      const shared = this.#bytes[entry];
      const length = shared + this.#bytes[this.#count + entry];
      if (shared <= matched) {
        matched = shared;
        while (matched < word.length && matched < length && this.#letter(at - shared + matched) === word.charCodeAt(matched)) {
          matched += 1;
        }
      }
      if (this.#column(0, entry) >> 1 === TEXT && matched > best) {
        best = matched;
        cut = matched === length;
      }
      at += length - shared;
    }
    return { length: best, cut };
  }

  /**
   * What starts with a word of `length` characters, at most `WIDTH` units, for the types of key it looks into: row,
   * match, facet numbers of these widths, and whether the leaf itself is sure that the row holds the word and how well.
   */
  * find(word, length, widths) {
    for (const [entry, next] of this.#starting(word)) {
      const flag = this.#column(0, entry);
      if (SHORTEST[flag >> 1] <= length) {
        const byte = (at) => this.#column(at, entry);
        const whole = next === END ? EQUAL : BEGINS;
        const part = flag >> 1 === SAID ? TOLD : HOLDS;
        let column = 4;
        const facets = widths.map((width) => {
          let number = 0;
          for (let place = 0; place < width; place += 1) number |= byte(column + place) << (8 * place);
          column += width;
          return number;
        });
        yield {
          row: (byte(1) << 16) | (byte(2) << 8) | byte(3),
          match: flag & 1 ? whole : part,
          sure: next !== undefined && !(flag & 1 && next === CUT),
          facets,
        };
      }
    }
  }
}
