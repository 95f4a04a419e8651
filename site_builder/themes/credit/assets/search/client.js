// The lookup engine behind a worker, so that no query holds up the page; in the window where workers are not to be had.

import { open } from './lookup/engine.js';

class Client {
  #worker;

  #waiting = new Map();

  #last = 0;

  #broken = false;

  constructor(worker) {
    this.#worker = worker;
    worker.addEventListener('message', ({ data }) => this.#settle(data.id, data));
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      this.#broken = true;
      for (const id of [...this.#waiting.keys()]) this.#settle(id, { error: { name: 'Error', message: 'worker' } });
    });
  }

  #settle(id, { result, error }) {
    const waiting = this.#waiting.get(id);
    if (waiting === undefined) return;
    this.#waiting.delete(id);
    if (error === undefined) waiting.resolve(result);
    else waiting.reject(Object.assign(new Error(error.message), { name: error.name }));
  }

  call(method, query, { signal, ...options } = {}) {
    this.#last += 1;
    const id = this.#last;
    signal?.addEventListener('abort', () => this.#worker.postMessage({ id, method: 'abort' }), { once: true });
    return new Promise((resolve, reject) => {
      if (this.#broken) throw new Error('worker');
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ id, method, args: [query, options] });
    });
  }
}

function started() {
  try {
    return new Client(new Worker(new URL('./lookup/worker.js', import.meta.url), { type: 'module' }));
  } catch {
    return undefined;
  }
}

/** Started with the page, so that the first query waits for no code; it fetches nothing of the index. */
let waiting = started();

/** The engine's `about`, `search`, `near`, `facets`, `rows` and `all`, wherever it runs. */
export async function openLookup(baseUrl) {
  const client = waiting ?? started();
  waiting = undefined;
  try {
    if (client === undefined) throw new Error('worker');
    await client.call('open', baseUrl);
    return (method, query, options) => client.call(method, query, options);
  } catch {
    const engine = await open(baseUrl);
    return (method, query, options) => engine[method](query, options);
  }
}
