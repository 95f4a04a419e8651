// What hits are filtered by: see site_builder/search/lookup/facets.py.

import { json, nameAt } from './blocks.js';
import { list } from './lists.js';

/** The fields that share one number. */
export const GROUPS = [['kind', 'category'], ['year'], ['region', 'authority']];

const FIELDS = GROUPS.flat();

/** The facets of an index: values by number, and the lists of their rows when asked for. */
export class Facets {
  #values;

  #name;

  #blocks;

  constructor(blocks, values, name) {
    this.#blocks = blocks;
    this.#values = values;
    this.#name = name;
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

  /** Fill in the facet numbers of `Few` rows that lack them, from the lists of all values. */
  async fill(few, signal) {
    const lacking = [...few.rows.values()].filter((known) => known.facets === undefined);
    if (lacking.length === 0) return;
    lacking.forEach((known) => { known.facets = []; });
    await Promise.all(GROUPS.map(async (_, group) => {
      const numbers = [...this.#values[group].keys()];
      const all = await this.#lists(group, numbers, signal);
      all.forEach((rows, number) => rows.forEach((row) => {
        const known = few.rows.get(row);
        if (known !== undefined) known.facets[group] = number;
      }));
    }));
  }
}
