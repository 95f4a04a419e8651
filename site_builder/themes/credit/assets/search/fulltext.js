// The full text. `open(baseUrl)` gives `search`; Pagefind and the table are loaded with the first query.
//
// Excerpts are parts of plain text: whoever shows them must set them as text, never as HTML.

import { Blocks, json, MissingBlock, nameAt } from './lookup/blocks.js';
import { fold, marks, words as wordsOf } from './lookup/normalise.js';
import { named } from './lookup/rows.js';

const FORMAT = 2;
const PAGE = 20;
const BLOCK_DOCUMENTS = 8;
const BEFORE = 30;
const LONGEST = 120;
const DIGITS = 36;

const SENTENCE_END = /[。！？；\n]/u;

/** A folded word as Pagefind's words: one for each pair of neighbours. See site_builder/search/fulltext/tokens.py. */
export function phrase(word) {
  const digits = Array.from(word, (character) => character.codePointAt(0).toString(DIGITS).padStart(4, '0'));
  return digits.slice(1).map((other, place) => `x${digits[place]}${other}`).join(' ');
}

/** The sentence of a text that holds the first match, `[{text, mark}]`, cut to about 120 characters. */
export function excerpt(text, words) {
  const parts = marks(text, words);
  const first = parts.findIndex((part) => part.mark);
  if (first < 0) {
    const characters = [...text];
    const more = characters.length > LONGEST ? '…' : '';
    return [{ text: characters.slice(0, LONGEST).join('') + more, mark: false }];
  }
  const before = [...(first === 0 ? '' : parts[first - 1].text)];
  const sentence = before.findLastIndex((character) => SENTENCE_END.test(character)) + 1;
  const start = Math.max(sentence, before.length - BEFORE);
  const cut = start > sentence || (start === 0 && first > 1);
  const found = [];
  const lead = `${cut ? '…' : ''}${before.slice(start).join('')}`;
  if (lead !== '') found.push({ text: lead, mark: false });
  let length = [...lead].length;
  for (const { text: part, mark } of parts.slice(first)) {
    const characters = [...part];
    let end = mark ? -1 : characters.findIndex((character) => SENTENCE_END.test(character));
    end = end < 0 ? characters.length : end + 1;
    const kept = Math.min(end, Math.max(LONGEST - length, 0));
    if (kept > 0) found.push({ text: characters.slice(0, kept).join(''), mark });
    length += kept;
    if (kept < end) found.push({ text: '…', mark: false });
    if (kept < characters.length) break;
  }
  return found;
}

class FullText {
  #base;

  #blocks;

  #opened;

  #newest;

  constructor(baseUrl) {
    this.#base = new URL(baseUrl.endsWith('/') ? baseUrl : `${baseUrl}/`, globalThis.location?.href);
    this.#blocks = new Blocks(this.#base);
  }

  /** Fetch the manifest, which is small and does not grow. */
  async reopen(signal) {
    const manifest = await this.#blocks.manifest(signal);
    if (manifest.format !== FORMAT) throw new Error(`format ${manifest.format}`);
    this.#opened = { manifest };
  }

  async #index(signal) {
    const opened = this.#opened;
    opened.pagefinds ??= Promise.all(Array.from({ length: opened.manifest.batches }, async (_, batch) => {
      const folder = new URL(`pagefind/${batch}/`, this.#base).href;
      const { createInstance } = await import(`${folder}pagefind.js`);
      return createInstance({ basePath: folder });
    }));
    if (opened.table === undefined) {
      const table = await this.#blocks.get('table', opened.manifest.table, json, signal);
      opened.numbers = new Map(table.fragment.map((name, number) => [name, number]));
      opened.table = table;
    }
    return { numbers: opened.numbers, pagefinds: await opened.pagefinds };
  }

  /** Numbers of the documents that hold all words, the newest first. */
  async #find(words, signal) {
    const { pagefinds, numbers } = await this.#index(signal);
    let common;
    for (const word of words) {
      // One word after the other: each Pagefind answers one question at a time.
      // eslint-disable-next-line no-await-in-loop
      const answers = await Promise.all(pagefinds.map((pagefind) => pagefind.search(`"${phrase(word)}"`)));
      signal.throwIfAborted();
      const found = new Set(
        answers.flatMap(({ results }, batch) => results.map(({ id }) => numbers.get(`${batch}/${id}`))),
      );
      common = common === undefined ? found : new Set([...common].filter((number) => found.has(number)));
      if (common.size === 0) break;
    }
    return [...common].sort((one, other) => one - other);
  }

  #passes(number, filters, except) {
    const { manifest, table } = this.#opened;
    return manifest.facets.every(({ name: field }, place) => {
      const asked = filters?.[field];
      return field === except || !asked?.length || asked.includes(table.value[place][table.column[place][number]]);
    });
  }

  #counts(numbers, filters) {
    const { manifest, table } = this.#opened;
    return Object.fromEntries(manifest.facets.map(({ name: field }, place) => {
      const counts = new Map();
      for (const number of numbers) {
        const value = table.value[place][table.column[place][number]];
        if (value !== '' && this.#passes(number, filters, field)) counts.set(value, (counts.get(value) ?? 0) + 1);
      }
      return [field, [...counts].sort((one, other) => other[1] - one[1] || (one[0] < other[0] ? -1 : 1))];
    }));
  }

  async #document(number, signal) {
    const name = nameAt(this.#opened.table.text, Math.floor(number / BLOCK_DOCUMENTS));
    const block = await this.#blocks.get('text', name, json, signal);
    const values = block[number % BLOCK_DOCUMENTS];
    return Object.fromEntries(this.#opened.manifest.fields.map((field, place) => [named(field), values[place]]));
  }

  /** The documents but those of the rows that `without` gives; it is asked only where a record was found. */
  async #leftOut(numbers, without) {
    const { row } = this.#opened.table;
    if (numbers.every((number) => row[number] < 0)) return numbers;
    const rows = await without();
    return numbers.filter((number) => !rows.has(row[number]));
  }

  /** The documents with those of one kind together, in this order of kinds; within each as they were. */
  #grouped(numbers, kinds) {
    if (kinds === undefined) return numbers;
    const { manifest, table } = this.#opened;
    const field = manifest.facets.findIndex(({ name }) => name === 'kind');
    const places = table.value[field].map((kind) => (kinds.includes(kind) ? kinds.indexOf(kind) : kinds.length));
    const placeOf = (number) => places[table.column[field][number]];
    return [...numbers].sort((one, other) => placeOf(one) - placeOf(other));
  }

  async #answer(query, {
    offset = 0, limit = PAGE, filters, without, kinds,
  }, signal) {
    const words = wordsOf(query);
    const long = words.filter((word) => [...word].length > 1);
    const empty = { total: 0, hits: [], facets: {} };
    if (long.length === 0 || long.length < words.length || this.#opened.manifest.batches === 0) return empty;
    const all = await this.#find(long, signal);
    const found = without === undefined ? all : await this.#leftOut(all, without);
    const passing = this.#grouped(found.filter((number) => this.#passes(number, filters)), kinds);
    const page = await Promise.all(
      passing.slice(offset, offset + limit).map((number) => this.#document(number, signal)),
    );
    const hits = page
      .filter(({ title, text }) => long.every((word) => fold(title).includes(word) || fold(text).includes(word)))
      .map(({ text, ...shown }) => ({ ...shown, excerpt: excerpt(text, long) }));
    return { total: passing.length, hits, facets: this.#counts(found, filters) };
  }

  /**
   * `{total, hits, facets}`: the documents that hold all words, each of two characters or more, and pass the filters
   * (`{field: [value, …]}`, the fields being the header's facets), the newest first, or with `kinds` those of one kind
   * together, in that order of kinds. A hit has what its record shows and
   * `excerpt`; `without` gives the set of lookup rows whose documents are left out; `facets` counts
   * for each field the documents that pass the filters of the other fields, `{field: [[value, count], …]}`.
   */
  async search(query, { signal, ...options } = {}) {
    this.#newest?.abort(new DOMException('a newer query was made', 'AbortError'));
    const controller = new AbortController();
    this.#newest = controller;
    if (signal?.aborted) controller.abort(signal.reason);
    signal?.addEventListener('abort', () => controller.abort(signal.reason), { once: true });
    controller.signal.throwIfAborted();
    try {
      return await this.#answer(query, options, controller.signal);
    } catch (error) {
      if (!(error instanceof MissingBlock)) throw error;
      await this.reopen(controller.signal);
      return this.#answer(query, options, controller.signal);
    } finally {
      if (this.#newest === controller) this.#newest = undefined;
    }
  }
}

/** Open the full text whose `index.json` stands below `baseUrl`; fetches that file alone. */
export async function open(baseUrl) {
  const text = new FullText(baseUrl);
  await text.reopen();
  return text;
}
