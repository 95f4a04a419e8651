// Fetches the index's blocks, unpacks them, and keeps the latest.

import { bounded } from './bounded.js';

const KEPT = 300;

/** Bytes of the manifest, and of a block unpacked: a column of the most rows an index may have is 48 MiB. */
const MOST_TOLD = 1 << 20;
const MOST_UNPACKED = 1 << 26;

/** A block the server does not have: the site was switched to another release. */
export class MissingBlock extends Error {}

/** The server did not answer, or not so that it may be read. */
export class Unreachable extends Error {}

function unpacked(response) {
  return bounded(response.body.pipeThrough(new DecompressionStream('gzip')), MOST_UNPACKED);
}

/** Bytes that hold JSON. */
export function json(bytes) {
  return JSON.parse(new TextDecoder().decode(bytes));
}

/** What is fetched; a network that fails is told apart from what cannot be read. */
export async function reached(url, options) {
  try {
    return await fetch(url, options);
  } catch (error) {
    if (options.signal?.aborted) throw error;
    throw new Unreachable(String(url));
  }
}

/** A small JSON file that may change at any time: asked for anew. */
export async function fresh(url, signal) {
  const response = await reached(url, { cache: 'no-cache', signal });
  if (!response.ok) throw new Unreachable(`${url}: ${response.status}`);
  return json(await bounded(response.body, MOST_TOLD));
}

/** The blocks below one address. Finished ones are kept; one on its way is shared by those with the same signal. */
export class Blocks {
  #base;

  #kept = new Map();

  #coming = new Map();

  constructor(base) {
    this.#base = base;
  }

  /** The manifest, asked for anew each time. */
  manifest(signal) {
    return fresh(new URL('index.json', this.#base), signal);
  }

  /** What `read` makes of the bytes of `<folder>/<name>.bin`. */
  get(folder, name, read, signal) {
    const path = `${folder}/${name}.bin`;
    if (this.#kept.has(path)) {
      const value = this.#kept.get(path);
      this.#kept.delete(path);
      this.#kept.set(path, value);
      return Promise.resolve(value);
    }
    const coming = this.#coming.get(path);
    if (coming !== undefined && coming.signal === signal) return coming.promise;
    const promise = this.#fetch(path, read, signal).finally(() => {
      if (this.#coming.get(path)?.promise === promise) this.#coming.delete(path);
    });
    this.#coming.set(path, { promise, signal });
    return promise;
  }

  async #fetch(path, read, signal) {
    const response = await reached(new URL(path, this.#base), { signal });
    if (response.status === 404) throw new MissingBlock(path);
    if (!response.ok) throw new Unreachable(`${path}: ${response.status}`);
    const value = read(await unpacked(response));
    this.#kept.set(path, value);
    if (this.#kept.size > KEPT) this.#kept.delete(this.#kept.keys().next().value);
    return value;
  }
}

/** The `place`th of content names that are run together. */
export function nameAt(names, place) {
  return names.slice(place * 16, place * 16 + 16);
}
