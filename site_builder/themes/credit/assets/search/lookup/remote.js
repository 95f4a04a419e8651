// The same as engine.js, run in a worker: `open(baseUrl)` gives `search`, `all`, `facets` and `close`.

/** Open the index in a worker of its own; `baseUrl` is taken relative to the page. */
export async function open(baseUrl) {
  const worker = new Worker(new URL('./worker.js', import.meta.url), { type: 'module' });
  const waiting = new Map();
  let last = 0;

  function settle(id, act) {
    const entry = waiting.get(id);
    waiting.delete(id);
    if (entry !== undefined) act(entry);
  }

  worker.addEventListener('message', ({ data: { id, result, error } }) => settle(id, (entry) => {
    if (error === undefined) entry.resolve(result);
    else entry.reject(new DOMException(error.message, error.name));
  }));
  worker.addEventListener('error', (event) => {
    for (const id of [...waiting.keys()]) settle(id, (entry) => entry.reject(new Error(event.message)));
  });

  function call(method, query, { signal, ...options } = {}) {
    last += 1;
    const id = last;
    return new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      waiting.set(id, { resolve, reject });
      signal?.addEventListener('abort', () => worker.postMessage({ id, method: 'abort' }), { once: true });
      worker.postMessage({ id, method, args: [query, options] });
    });
  }

  await call('open', new URL(baseUrl, document.baseURI).href);
  return {
    search: (query, options) => call('search', query, options),
    all: (query, options) => call('all', query, options),
    facets: (query, options) => call('facets', query, options),
    near: (query, options) => call('near', query, options),
    close: () => worker.terminate(),
  };
}
