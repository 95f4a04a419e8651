// The rows of the index: what a hit shows, and whether a row really holds a word.

import { json, nameAt } from './blocks.js';
import {
  BEGINS, CODE, EQUAL, HOLDS, LATIN, SAID, SHORTEST, TEXT, TOLD,
} from './leaf.js';
import { fold } from './normalise.js';

const BLOCK_ROWS = 16;
const SEGMENT_ROWS = 1024;

/** A field of the index's header as hits have it: `public_until` is `publicUntil`. */
export function named(field) {
  return field.replace(/_(.)/gu, (_, letter) => letter.toUpperCase());
}

/** The rows with the given numbers, in their order, with the header's `fields`; each block is fetched once. */
export async function fetchRows(blocks, segments, fields, numbers, signal) {
  const names = fields.map(named);
  return Promise.all(numbers.map(async (number) => {
    const segment = nameAt(segments, Math.floor(number / SEGMENT_ROWS));
    const block = Math.floor((number % SEGMENT_ROWS) / BLOCK_ROWS);
    const columns = await blocks.get('row', `${segment}-${block}`, json, signal);
    return Object.fromEntries(names.map((field, column) => [field, columns[column][number % BLOCK_ROWS]]));
  }));
}

function inText(text, word) {
  const at = text.indexOf(word);
  if (at < 0) return Infinity;
  if (at > 0) return HOLDS;
  return text.length === word.length ? EQUAL : BEGINS;
}

function inParts(parts, word) {
  let best = Infinity;
  for (let first = 0; first < parts.length; first += 1) {
    const rest = parts.slice(first).join('');
    if (rest.startsWith(word)) {
      if (first > 0) best = Math.min(best, HOLDS);
      else best = rest === word ? EQUAL : BEGINS;
    }
  }
  return best;
}

function idParts(id) {
  return id.split(/(?<=[-_])/u).map(fold).filter(Boolean);
}

/** How well a row answers a folded word; `Infinity` where it does not hold it. */
export function matchOf(row, word) {
  const { length } = [...word];
  const matches = [Infinity];
  if (length >= SHORTEST[TEXT]) matches.push(inText(fold(row.title), word), inText(fold(row.number), word));
  if (length >= SHORTEST[LATIN] && row.readings !== '') {
    row.readings.split('\n').forEach((reading, place) => {
      const syllables = reading.split("'");
      const match = Math.min(inParts(syllables, word), inParts(syllables.map((syllable) => [...syllable][0]), word));
      matches.push(place === 0 || match === Infinity ? match : Math.max(match, HOLDS));
    });
  }
  if (length >= SHORTEST[CODE]) matches.push(inText(fold(row.code), word), inParts(idParts(row.id), word));
  if (length >= SHORTEST[SAID] && [row.authority, row.listName].some((said) => fold(said).includes(word))) {
    matches.push(TOLD);
  }
  return Math.min(...matches);
}
