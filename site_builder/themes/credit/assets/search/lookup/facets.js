// What hits are filtered by: see site_builder/search/lookup/facets.py.

import { json, nameAt } from './blocks.js';
import { list } from './lists.js';

/** The fields that share one number. */
export const GROUPS = [['kind', 'category'], ['year'], ['region', 'authority']];

/** Bytes each group's number takes. */
const WIDTHS = [2, 2, 3];

const FIELDS = GROUPS.flat();

/** The facets of an index: values by number, and the lists of their rows when asked for. */
export class Facets {
  #values;

  #name;

  #columns;

  #blocks;

  constructor(blocks, values, name, columns) {
    this.#blocks = blocks;
    this.#values = values;
    this.#name = name;
    this.#columns = columns;
  }

  /** Facet numbers as `{kind, category, year, region, authority}`. */
  named(numbers) {
    return Object.fromEntries(GROUPS.flatMap(
      (fields, group) => fields.map((field, place) => [field, this.#values[group][numbers[group]][place]]),
    ));
  }

  /** Counts by number, `[[number, count], …]` a group, as `{field: [[value, count], …]}`, the most frequent first. */
  counted(groups) {
    const counts = Object.fromEntries(FIELDS.map((field) => [field, new Map()]));
    groups.forEach((pairs, group) => pairs.forEach(([number, count]) => {
      GROUPS[group].forEach((field, place) => {
        const value = this.#values[group][number][place];
        if (value !== '') counts[field].set(value, (counts[field].get(value) ?? 0) + count);
      });
    }));
    return Object.fromEntries(FIELDS.map((field) => [
      field,
      [...counts[field]].sort((one, other) => other[1] - one[1] || (one[0] < other[0] ? -1 : 1)),
    ]));
  }

  /** The counts of rows whose facet numbers are known. */
  countedOf(many) {
    const groups = GROUPS.map(() => new Map());
    for (const numbers of many) {
      numbers.forEach((number, group) => groups[group].set(number, (groups[group].get(number) ?? 0) + 1));
    }
    return this.counted(groups.map((group) => [...group]));
  }

  /**
   * For each group the numbers that pass the filters (`{field: [values]}`), or undefined where it is not filtered; all
   * undefined: nothing is.
   */
  passing(filters) {
    return GROUPS.map((fields, group) => {
      const asked = fields.map((field) => (filters?.[field]?.length ? new Set(filters[field]) : undefined));
      if (asked.every((values) => values === undefined)) return undefined;
      const numbers = new Set();
      this.#values[group].forEach((value, number) => {
        if (asked.every((values, place) => values === undefined || values.has(value[place]))) numbers.add(number);
      });
      return numbers;
    });
  }

  async #lists(group, numbers, signal) {
    const names = await this.#blocks.get('filter', this.#name, json, signal);
    return Promise.all(numbers.map(async (number) => {
      const { rows } = await this.#blocks.get('list', nameAt(names[group], number), list, signal);
      return rows;
    }));
  }

  /** All rows with one of the numbers in a group. */
  async rows(group, numbers, signal) {
    const found = new Set();
    for (const rows of await this.#lists(group, [...numbers], signal)) for (const row of rows) found.add(row);
    return found;
  }

  /** The facet numbers of `Few` rows, in their order; where the leaves have not told them, from the columns of all rows. */
  async numbers(few, signal) {
    if ([...few.rows.values()].every((known) => known.facets !== undefined)) {
      return [...few.rows.values()].map((known) => known.facets);
    }
    const columns = await Promise.all(GROUPS.map(
      (_, group) => this.#blocks.get('column', this.#columns[group], (bytes) => bytes, signal),
    ));
    const readers = columns.map((bytes, group) => {
      const width = WIDTHS[group];
      const rows = bytes.length / width;
      return (row) => {
        let number = 0;
        for (let place = 0; place < width; place += 1) number |= bytes[place * rows + row] << (8 * place);
        return number;
      };
    });
    return [...few.rows.keys()].map((row) => readers.map((read) => read(row)));
  }

  /** For each field the counts of the rows, given as facet numbers, that pass the filters of the other fields. */
  countedBut(many, filters) {
    const all = this.passing(filters);
    const counted = (passing) => this.countedOf(
      many.filter((numbers) => passing.every((pass, group) => pass === undefined || pass.has(numbers[group]))),
    );
    const counts = counted(all);
    for (const field of FIELDS.filter((one) => filters?.[one]?.length)) {
      counts[field] = counted(this.passing({ ...filters, [field]: undefined }))[field];
    }
    return counts;
  }
}
