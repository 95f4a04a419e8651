// Fetches the index's blocks, unpacks them, and keeps the latest.

const KEPT = 300;

/** A block the server does not have: the site was switched to another release. */
export class MissingBlock extends Error {}

async function unpacked(response) {
  const stream = response.body.pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
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
  async manifest(signal) {
    const response = await fetch(new URL('index.json', this.#base), { cache: 'no-cache', signal });
    if (!response.ok) throw new Error(`index.json: ${response.status}`);
    return response.json();
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
    const response = await fetch(new URL(path, this.#base), { signal });
    if (response.status === 404) throw new MissingBlock(path);
    if (!response.ok) throw new Error(`${path}: ${response.status}`);
    const value = read(await unpacked(response));
    this.#kept.set(path, value);
    if (this.#kept.size > KEPT) this.#kept.delete(this.#kept.keys().next().value);
    return value;
  }
}

/** Bytes that hold JSON. */
export function json(bytes) {
  return JSON.parse(new TextDecoder().decode(bytes));
}

/** The `place`th of content names that are run together. */
export function nameAt(names, place) {
  return names.slice(place * 16, place * 16 + 16);
}
