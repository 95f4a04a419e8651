// The lookup in a worker: `{id, method, args}` in, `{id, result}` or `{id, error}` out; `{id, method: 'abort'}` stops one.

import { open } from './engine.js';

const METHODS = new Set(['about', 'search', 'all', 'facets', 'rows', 'near']);
const running = new Map();
let engine;

async function answer({ id, method, args }) {
  if (method === 'open') {
    engine = await open(args[0]);
    return undefined;
  }
  if (!METHODS.has(method)) throw new Error(method);
  const controller = new AbortController();
  running.set(id, controller);
  try {
    return await engine[method](args[0], { ...args[1], signal: controller.signal });
  } finally {
    running.delete(id);
  }
}

globalThis.addEventListener('message', async ({ data }) => {
  if (data.method === 'abort') {
    running.get(data.id)?.abort();
    return;
  }
  try {
    globalThis.postMessage({ id: data.id, result: await answer(data) });
  } catch (error) {
    globalThis.postMessage({ id: data.id, error: { name: error.name, message: error.message } });
  }
});
