// The lookup engine behind a worker, so that no query holds up the page; in the window where workers are not to be had.

import { open } from './lookup/engine.js';

class Client {
  #worker;

  #waiting = new Map();

  #last = 0;

  constructor(worker) {
    this.#worker = worker;
    worker.addEventListener('message', ({ data }) => this.#settle(data.id, data));
    worker.addEventListener('error', (event) => {
      event.preventDefault();
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
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ id, method, args: [query, options] });
    });
  }
}

/** The engine's `search`, `facets` and `all`, wherever it runs. */
export async function openLookup(baseUrl) {
  try {
    const client = new Client(new Worker(new URL('./lookup/worker.js', import.meta.url), { type: 'module' }));
    await client.call('open', baseUrl);
    return (method, query, options) => client.call(method, query, options);
  } catch {
    const engine = await open(baseUrl);
    return (method, query, options) => engine[method](query, options);
  }
}
