// The answers of several sites as one: hits in the order each has by itself, totals and counts added up.

import { fold } from '../lookup/normalise.js';
import { SHORTEST_NAME, unlikeness } from '../lookup/likeness.js';
import { isGraver, likelier } from '../lookup/near.js';

const LIKE = 5;

/**
 * The order of hits on one site (`engine.search`): by kind, how well they answer (but by day), the newest. Numbers as
 * `Array.sort` takes them; 0 for those it does not part.
 */
export function ordering(kinds, order) {
  const place = ({ kind }) => (kinds.includes(kind) ? kinds.indexOf(kind) : kinds.length);
  const day = (one, other) => {
    if (one.date === other.date) return 0;
    return one.date > other.date ? -1 : 1;
  };
  return (one, other) => place(one) - place(other)
    || (order === 'date' ? 0 : other.score - one.score) || day(one, other);
}

/** The first `most` of lists that are each in order, as one; of those alike the earlier list's come first. */
export function merge(lists, before, most) {
  const heads = lists.map(() => 0);
  const merged = [];
  while (merged.length < most) {
    let best = -1;
    for (let list = 0; list < lists.length; list += 1) {
      const head = lists[list][heads[list]];
      if (head !== undefined && (best < 0 || before(head, lists[best][heads[best]]) < 0)) best = list;
    }
    if (best < 0) break;
    merged.push(lists[best][heads[best]]);
    heads[best] += 1;
  }
  return merged;
}

/** Counts of values, `{field: [[value, count], …]}`, added up; the most frequent first. */
export function added(all, fields) {
  return Object.fromEntries(fields.map((field) => {
    const counts = new Map();
    for (const one of all) {
      for (const [value, count] of one[field]) counts.set(value, (counts.get(value) ?? 0) + count);
    }
    return [field, [...counts].sort((one, other) => other[1] - one[1] || (one[0] < other[0] ? -1 : 1))];
  }));
}

/** What is like a question over all sites: each code and name once, at most five in all, the likest names first. */
export function likest(question, all) {
  const typed = fold(question);
  const once = (rows, key) => {
    const found = new Map();
    for (const row of rows) {
      const first = found.get(fold(row[key]));
      if (first === undefined || isGraver(row, first)) found.set(fold(row[key]), row);
    }
    return [...found.values()];
  };
  const codes = once(all.flatMap((one) => one.codes), 'code').slice(0, LIKE);
  const names = once(all.flatMap((one) => one.names), 'title')
    .map((row) => ({ row, far: unlikeness(typed, fold(row.title)) }))
    .filter(({ row, far }) => far !== Infinity && [...fold(row.title)].length >= SHORTEST_NAME)
    .sort(likelier);
  const offered = names.slice(0, LIKE - codes.length).map(({ row }) => row);
  return { codes, names: offered, more: names.length > offered.length || all.some(({ more }) => more) };
}
