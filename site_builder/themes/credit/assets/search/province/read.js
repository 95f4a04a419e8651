// What a member answers is data, and may be anything: it is read field by field, and what is not as it should be is none.

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const DIGEST = /^[0-9a-f]{64}$/;
const MOST_VALUES = 10000;
const LONGEST_VALUE = 400;

/** The fields of a hit, and how many characters each may have. */
const FIELDS = {
  kind: 40, id: 64, href: 400, title: 4000, code: 64, number: 2000, date: 10, authority: 2000, note: 4000, publicUntil: 10,
};

/** An answer that is not what a site of this program answers. */
export class Unreadable extends Error {}

function want(holds, what) {
  if (!holds) throw new Unreadable(what);
}

function isText(value, longest) {
  return typeof value === 'string' && value.length <= longest;
}

function isCount(value) {
  return Number.isSafeInteger(value) && value >= 0;
}

/** `release.json`: the day it was built for, the last day it is good for (empty where it has none), what names its files. */
export function readRelease(told) {
  const { as_of: asOf, valid_through: until, files } = told ?? {};
  want(isText(asOf, 10) && DAY.test(asOf), 'as_of');
  want(until === null || (isText(until, 10) && DAY.test(until)), 'valid_through');
  want(isText(files, 64) && DIGEST.test(files), 'files');
  return { asOf, until: until ?? '', files };
}

/** A link of a hit, absolute: to a page of the member's own, below its own address, and no other. */
function linkOf(href, address) {
  let link;
  try {
    link = new URL(href, address);
  } catch {
    throw new Unreadable('href');
  }
  want(link.href.startsWith(new URL(address).href) && link.search === '', 'href');
  return link.href;
}

function readHit(row, { id, name, address }) {
  const hit = {};
  for (const [field, longest] of Object.entries(FIELDS)) {
    const value = row?.[field];
    want(isText(value, longest), field);
    hit[field] = value;
  }
  for (const day of [hit.date, hit.publicUntil]) want(day === '' || DAY.test(day), 'day');
  return {
    ...hit, href: linkOf(hit.href, address), match: 'lookup', member: id, site: name,
  };
}

function readCounts(counts, fields) {
  return Object.fromEntries(fields.map((field) => {
    const values = Object.hasOwn(counts, field) ? counts[field] : [];
    want(Array.isArray(values) && values.length <= MOST_VALUES, field);
    for (const one of values) want(isText(one?.[0], LONGEST_VALUE) && isCount(one[1]), field);
    return [field, values.map(([value, count]) => [value, count])];
  }));
}

/** What a member's lookup found: `{total, hits, counts}`; at most `most` hits, the counts of these fields. */
export function readFound({ total, hits }, counts, member, most, fields) {
  want(isCount(total) && Array.isArray(hits) && hits.length === Math.min(total, most), 'hits');
  return {
    total,
    hits: hits.map((row) => {
      want([0, 1, 2, 3].includes(row?.score), 'score');
      return { ...readHit(row, member), score: row.score };
    }),
    counts: readCounts(counts ?? {}, fields),
  };
}

/** What of a member is like a mistyped question: `{codes, names, more}`, never a natural person's. */
export function readLike(like, member) {
  const read = (rows) => {
    want(Array.isArray(rows) && rows.length <= 20, 'near');
    return rows.filter((row) => row?.subjectType !== 'natural_person').map((row) => readHit(row, member));
  };
  return { codes: read(like?.codes), names: read(like?.names), more: like?.more === true };
}
