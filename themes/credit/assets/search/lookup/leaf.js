// A leaf of the index, read in place: see site_builder/search/lookup/leaves.py.

/** Bytes of a suffix the index compares. */
export const WIDTH = 48;

const END = 1;
const CUT = 0;

/** How well a row answers: it is the word, begins with it, or holds it. */
export const EQUAL = 0;
export const BEGINS = 1;
export const HOLDS = 2;

/** The types of key: texts, their pinyin, codes; and the fewest characters that look into each. */
export const TEXT = 0;
export const LATIN = 1;
export const CODE = 2;
export const SHORTEST = [1, 2, 4];

export class Leaf {
  #bytes;

  #count;

  #columns;

  constructor(bytes) {
    this.#count = bytes[0] | (bytes[1] << 8);
    this.#columns = bytes[2];
    this.#bytes = bytes.subarray(3);
  }

  #at(column, entry) {
    return this.#bytes[column * this.#count + entry];
  }

  /** The first entry of [from, to) whose byte in the column is not below `byte`. */
  #bound(column, byte, from, to) {
    let low = from;
    let high = to;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#at(column, middle) < byte) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /**
   * The entries that start with the bytes: `[from, to, sure]`. Not sure: a cut entry may go on differently, or the
   * bytes are more than the index compares.
   */
  #find(wanted) {
    let from = 0;
    let to = this.#count;
    const compared = Math.min(wanted.length, WIDTH);
    for (let column = 0; column < compared && from < to; column += 1) {
      if (to - from === 1) {
        const byte = column < this.#columns ? this.#at(column, from) : CUT;
        if (byte === CUT) return [from, to, false];
        if (byte !== wanted[column]) return [from, from, true];
      } else {
        const start = this.#bound(column, wanted[column], from, to);
        to = this.#bound(column, wanted[column] + 1, start, to);
        from = start;
      }
    }
    return [from, to, wanted.length <= WIDTH];
  }

  /**
   * What starts with the bytes of a word of `length` characters, for the types of key it looks into: row, match, facet
   * numbers, and whether the leaf itself is sure that the row holds the word and how well.
   */
  * find(wanted, length) {
    const [from, to, sure] = this.#find(wanted);
    const tail = this.#columns;
    for (let entry = from; entry < to; entry += 1) {
      const flag = this.#at(tail, entry);
      if (SHORTEST[flag >> 1] <= length) {
        const next = wanted.length < this.#columns ? this.#at(wanted.length, entry) : CUT;
        const whole = next === END ? EQUAL : BEGINS;
        yield {
          row: (this.#at(tail + 1, entry) << 16) | (this.#at(tail + 2, entry) << 8) | this.#at(tail + 3, entry),
          match: flag & 1 ? whole : HOLDS,
          sure: sure && !(flag & 1 && next === CUT),
          facets: [
            this.#at(tail + 4, entry) | (this.#at(tail + 5, entry) << 8),
            this.#at(tail + 6, entry) | (this.#at(tail + 7, entry) << 8),
            this.#at(tail + 8, entry) | (this.#at(tail + 9, entry) << 8) | (this.#at(tail + 10, entry) << 16),
          ],
        };
      }
    }
  }
}
