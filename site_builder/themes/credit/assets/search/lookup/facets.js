// What hits are filtered by: the index's header says it, see site_builder/search/facets.py.

import { json, nameAt } from './blocks.js';
import { list } from './lists.js';

/** The facets of an index: values by number, and the lists of their rows when asked for. */
export class Facets {
  #fields;

  #groups;

  #widths;

  #values;

  #name;

  #columns;

  #blocks;

  constructor(blocks, { facets, widths }, values, name, columns) {
    this.#blocks = blocks;
    this.#fields = facets.map((facet) => facet.name);
    this.#groups = widths.map((_, group) => facets.filter((facet) => facet.group === group).map((facet) => facet.name));
    this.#widths = widths;
    this.#values = values;
    this.#name = name;
    this.#columns = columns;
  }

  /** Facet numbers as `{field: value}`. */
  named(numbers) {
    return Object.fromEntries(this.#groups.flatMap(
      (fields, group) => fields.map((field, place) => [field, this.#values[group][numbers[group]][place]]),
    ));
  }

  /** Counts by number, `[[number, count], …]` a group, as `{field: [[value, count], …]}`, the most frequent first. */
  counted(groups) {
    const counts = Object.fromEntries(this.#fields.map((field) => [field, new Map()]));
    groups.forEach((pairs, group) => pairs.forEach(([number, count]) => {
      this.#groups[group].forEach((field, place) => {
        const value = this.#values[group][number][place];
        if (value !== '') counts[field].set(value, (counts[field].get(value) ?? 0) + count);
      });
    }));
    return Object.fromEntries(this.#fields.map((field) => [
      field,
      [...counts[field]].sort((one, other) => other[1] - one[1] || (one[0] < other[0] ? -1 : 1)),
    ]));
  }

  /** The counts of rows whose facet numbers are known. */
  countedOf(many) {
    const groups = this.#groups.map(() => new Map());
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
    return this.#groups.map((fields, group) => {
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

  /** What gives a row's number in a group, from the column of all rows. */
  async #column(group, signal) {
    const bytes = await this.#blocks.get('column', this.#columns[group], (all) => all, signal);
    const width = this.#widths[group];
    const rows = bytes.length / width;
    return (row) => {
      let number = 0;
      for (let place = 0; place < width; place += 1) number |= bytes[place * rows + row] << (8 * place);
      return number;
    };
  }

  /** The facet numbers of `Few` rows, in their order; where the leaves have not told them, from the columns of all rows. */
  async numbers(few, signal) {
    if ([...few.rows.values()].every((known) => known.facets !== undefined)) {
      return [...few.rows.values()].map((known) => known.facets);
    }
    const readers = await Promise.all(this.#groups.map((_, group) => this.#column(group, signal)));
    return [...few.rows.keys()].map((row) => readers.map((read) => read(row)));
  }

  /** What gives, for a row of `Few`, the place of its value of a field among `values`; other values come last. */
  async places(few, field, values, signal) {
    const group = this.#groups.findIndex((fields) => fields.includes(field));
    const of = this.#groups[group].indexOf(field);
    const places = this.#values[group].map((value) => (values.includes(value[of]) ? values.indexOf(value[of]) : values.length));
    if ([...few.rows.values()].every((known) => known.facets !== undefined)) {
      return (row) => places[few.rows.get(row).facets[group]];
    }
    const read = await this.#column(group, signal);
    return (row) => places[read(row)];
  }

  /** For each field the counts of the rows, given as facet numbers, that pass the filters of the other fields. */
  countedBut(many, filters) {
    const all = this.passing(filters);
    const counted = (passing) => this.countedOf(
      many.filter((numbers) => passing.every((pass, group) => pass === undefined || pass.has(numbers[group]))),
    );
    const counts = counted(all);
    for (const field of this.#fields.filter((one) => filters?.[one]?.length)) {
      counts[field] = counted(this.passing({ ...filters, [field]: undefined }))[field];
    }
    return counts;
  }
}
