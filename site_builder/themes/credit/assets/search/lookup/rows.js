// The rows of the index: what a hit shows, and whether a row really holds a word.

import { json, nameAt } from './blocks.js';
import { BEGINS, CODE, EQUAL, HOLDS, LATIN, SHORTEST, TEXT } from './leaf.js';
import { fold } from './normalise.js';

const BLOCK_ROWS = 16;
const SEGMENT_ROWS = 1024;

/** A field of the index's header as hits have it: `public_until` is `publicUntil`. */
export function named(field) {
  return field.replace(/_(.)/gu, (_, letter) => letter.toUpperCase());
}

/** The rows with the given numbers, in their order, with the header's `fields`; each block is fetched once. */
export async function fetchRows(blocks, segments, fields, numbers, signal) {
  const names = [...fields.map(named), 'readings'];
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

function inReading(syllables, word) {
  let best = Infinity;
  for (let first = 0; first < syllables.length; first += 1) {
    const rest = syllables.slice(first).join('');
    if (rest.startsWith(word)) {
      if (first > 0) best = Math.min(best, HOLDS);
      else best = rest === word ? EQUAL : BEGINS;
    }
  }
  return best;
}

/** How well a row answers a folded word; `Infinity` where it does not hold it. */
export function matchOf(row, word) {
  const { length } = [...word];
  const matches = [Infinity];
  if (length >= SHORTEST[TEXT]) matches.push(inText(fold(row.title), word), inText(fold(row.number), word));
  if (length >= SHORTEST[LATIN] && row.readings !== '') {
    const syllables = row.readings.split(' ');
    matches.push(inReading(syllables, word), inReading(syllables.map((syllable) => [...syllable][0]), word));
  }
  if (length >= SHORTEST[CODE]) matches.push(inText(fold(row.code), word));
  return Math.min(...matches);
}
