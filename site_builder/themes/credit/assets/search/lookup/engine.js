// The exact lookup. `open(baseUrl)` gives `search`, `all`, `near` and `facets`; it runs in a window, a worker or Node.
//
// A hit holds plain text: whoever shows it must set it as text, never as HTML.

import { Blocks, json, MissingBlock } from './blocks.js';
import { Facets } from './facets.js';
import { BEGINS } from './leaf.js';
import { words as wordsOf } from './normalise.js';
import { Near } from './near.js';
import { fetchRows } from './rows.js';
import { Common, Words } from './words.js';

const FORMAT = 4;
const PAGE = 20;
const MOST = 2000;

/** In an index of more rows, the kinds of what so many rows hold are not fetched to put them in groups. */
const MOST_GROUPED = 1 << 17;

/** The rows as hits are ordered: by their group where `groupOf` tells it, how well they answer (but by day), the newest. */
function inOrder(few, order, groupOf = () => 0) {
  return [...few.rows].sort(([row, { match }], [otherRow, other]) => groupOf(row) - groupOf(otherRow)
    || (order === 'date' ? 0 : match - other.match) || otherRow - row);
}

class Engine {
  #blocks;

  #opened;

  #newest;

  constructor(baseUrl) {
    this.#blocks = new Blocks(new URL(baseUrl.endsWith('/') ? baseUrl : `${baseUrl}/`, globalThis.location?.href));
  }

  /** Fetch the manifest, which is small and does not grow. */
  async reopen(signal) {
    const manifest = await this.#blocks.manifest(signal);
    if (manifest.format !== FORMAT) throw new Error(`format ${manifest.format}`);
    this.#opened = { manifest };
  }

  /** What hits are filtered by, `[{name, label, words, newest, saved}, …]` in the order they are shown. */
  about() {
    return this.#opened.manifest.facets;
  }

  /** Root and tables, fetched with the first query. */
  async #index(signal) {
    const opened = this.#opened;
    if (opened.words === undefined) {
      const { rows, root, tables, fields, widths } = opened.manifest;
      const [rootPage, table] = await Promise.all([
        this.#blocks.get('root', root, json, signal),
        this.#blocks.get('tables', tables, json, signal),
      ]);
      opened.segments = table.segment;
      opened.words = new Words(this.#blocks, rows, rootPage, table.segment, fields, widths);
      opened.facets = new Facets(this.#blocks, opened.manifest, table.facet, table.filter, table.column);
      opened.near = new Near(this.#blocks, opened.words, table.segment, fields, table.near, opened.facets);
    }
    return opened;
  }

  /** Run a query; an older one is aborted, and one that met another release is begun again. */
  async #run(signal, work) {
    this.#newest?.abort(new DOMException('a newer query was made', 'AbortError'));
    const controller = new AbortController();
    this.#newest = controller;
    if (signal?.aborted) controller.abort(signal.reason);
    signal?.addEventListener('abort', () => controller.abort(signal.reason), { once: true });
    controller.signal.throwIfAborted();
    try {
      return await work(controller.signal);
    } catch (error) {
      if (!(error instanceof MissingBlock)) throw error;
      await this.reopen(controller.signal);
      return work(controller.signal);
    } finally {
      if (this.#newest === controller) this.#newest = undefined;
    }
  }

  /** What all words of the query are found in: `Few`, or `Common` for a single common piece. */
  async #find(query, signal) {
    const asked = wordsOf(query);
    if (asked.length === 0 || this.#opened.manifest.rows === 0) return undefined;
    const { words } = await this.#index(signal);
    const found = await Promise.all(asked.map((word) => words.find(word, signal)));
    if (found.length === 1) return found[0];
    const few = await words.narrow(found, signal);
    for (const known of few.rows.values()) known.match = Math.max(known.match, BEGINS);
    return few;
  }

  /** The found rows that pass the filters, as `Few`, or `Common` as it is where nothing is filtered. */
  async #filtered(found, filters, signal) {
    const { words, facets } = this.#opened;
    const passing = facets.passing(filters);
    if (passing.every((numbers) => numbers === undefined)) return found;
    const few = await words.narrow([found], signal);
    await Promise.all(passing.map(async (numbers, group) => {
      if (numbers === undefined) return;
      const known = [...few.rows.values()].every((row) => row.facets !== undefined);
      const rows = known ? undefined : await facets.rows(group, numbers, signal);
      for (const [row, { facets: own }] of few.rows) {
        if (known ? !numbers.has(own[group]) : !rows.has(row)) few.rows.delete(row);
      }
    }));
    return few;
  }

  /**
   * `{total, hits, facets}`: the exact number of rows that hold all words and pass the filters, the hits of one page
   * (what a word is or begins with first, then the newest, then what an authority or a list is called; by
   * `order: 'date'` the newest first), and the counts over all rows that hold the words, filtered or not, where they are
   * known without fetching more (otherwise undefined: ask `facets`). `kinds`: the rows of one kind stand together, in
   * this order of kinds; not those of a common piece in a very large index.
   */
  search(query, { offset = 0, limit = PAGE, filters, order, kinds, signal } = {}) {
    return this.#run(signal, async (own) => {
      const found = await this.#find(query, own);
      if (found === undefined) return { total: 0, hits: [], facets: {} };
      const result = await this.#filtered(found, filters, own);
      const { numbers, matches } = await this.#page(result, {
        offset, limit, filters, order, kinds,
      }, own);
      const rows = await fetchRows(this.#blocks, this.#opened.segments, this.#opened.manifest.fields, numbers, own);
      const hits = rows.map(({ readings, ...row }, place) => ({ ...row, score: 3 - matches[place] }));
      return { total: result.size, hits, facets: this.#counts(found) };
    });
  }

  async #page(result, {
    offset, limit, filters, order, kinds,
  }, signal) {
    const { words, facets, manifest } = this.#opened;
    const single = result instanceof Common && facets.counted(result.facets).kind.length < 2;
    const grouped = kinds !== undefined && !single && filters?.kind?.length !== 1;
    if (result instanceof Common && order !== 'date' && !(grouped && manifest.rows <= MOST_GROUPED)) {
      const numbers = result.page(offset, limit);
      if (numbers !== undefined) return { numbers, matches: numbers.map((row) => result.matchAt(row)) };
    }
    const few = result instanceof Common ? await words.narrow([result], signal) : result;
    const told = [...few.rows.values()].every((known) => known.facets !== undefined);
    const groupOf = grouped && (told || manifest.rows <= MOST_GROUPED)
      ? await facets.places(few, 'kind', kinds, signal) : undefined;
    const page = inOrder(few, order, groupOf).slice(offset, offset + limit);
    return { numbers: page.map(([row]) => row), matches: page.map(([, { match }]) => match) };
  }

  #counts(found) {
    const { facets } = this.#opened;
    if (found instanceof Common) return facets.counted(found.facets);
    const known = [...found.rows.values()].map((row) => row.facets);
    return known.includes(undefined) ? undefined : facets.countedOf(known);
  }

  /**
   * What is like a query that no row answers to, `{code, codes, names}`: see `Near.like`; nothing where a row answers.
   */
  near(query, { signal } = {}) {
    return this.#run(signal, async (own) => {
      const found = await this.#find(query, own);
      if (found === undefined || found.size > 0) return { codes: [], names: [] };
      return this.#opened.near.like(query, own);
    });
  }

  /** The numbers of all rows that hold the words, filtered or not: one of them is what another source also found. */
  rows(query, { signal } = {}) {
    return this.#run(signal, async (own) => {
      const found = await this.#find(query, own);
      if (found === undefined) return [];
      if (found instanceof Common) return (await found.list(this.#blocks, own)).rows;
      return [...found.rows.keys()];
    });
  }

  /**
   * `{field: [[value, count], …]}`: for each field the rows that hold the words and pass the filters of the other
   * fields, so that each count says what choosing the value would leave.
   */
  facets(query, { filters, signal } = {}) {
    return this.#run(signal, async (own) => {
      const found = await this.#find(query, own);
      if (found === undefined) return {};
      const { words, facets } = this.#opened;
      const free = facets.passing(filters).every((numbers) => numbers === undefined);
      if (free && found instanceof Common) return facets.counted(found.facets);
      const few = found instanceof Common ? await words.narrow([found], own) : found;
      const known = await facets.numbers(few, own);
      return facets.countedBut(known, filters);
    });
  }

  /**
   * `{total, complete, rows}`: the rows that hold the words, up to `most`, in the order of hits, each
   * `{row, score}` with its facets' values; `row` is the row's number in this index.
   */
  all(query, { most = MOST, filters, signal } = {}) {
    return this.#run(signal, async (own) => {
      const found = await this.#find(query, own);
      if (found === undefined) return { total: 0, complete: true, rows: [] };
      let few = await this.#filtered(found, filters, own);
      const total = few.size;
      if (few instanceof Common) few = await this.#opened.words.narrow([few], own);
      const ordered = inOrder(few).slice(0, most);
      few.rows = new Map(ordered);
      const numbers = await this.#opened.facets.numbers(few, own);
      const rows = ordered.map(([row, { match }], place) => ({
        row, score: 3 - match, ...this.#opened.facets.named(numbers[place]),
      }));
      return { total, complete: total === rows.length, rows };
    });
  }
}

/** Open the index whose `index.json` stands below `baseUrl`; fetches that file alone. */
export async function open(baseUrl, signal) {
  const engine = new Engine(baseUrl);
  await engine.reopen(signal);
  return engine;
}
