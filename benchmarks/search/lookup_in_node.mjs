// Runs the browser's lookup in Node over folders: one JSON request a line in, one JSON answer a line out.
//
// `fetch` is answered from files, and what is read is counted.

import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';

const [, , assets] = process.argv;
let base;
let bytes = 0;
let requests = 0;

globalThis.fetch = async (url, { signal } = {}) => {
  signal?.throwIfAborted();
  const content = await readFile(new URL(url)).catch(() => undefined);
  requests += 1;
  bytes += content?.length ?? 0;
  return content === undefined ? new Response('', { status: 404 }) : new Response(content);
};

const { open } = await import(pathToFileURL(`${assets}/engine.js`).href);
const { asCode, soundNear } = await import(pathToFileURL(`${assets}/codes.js`).href);
const { distance, unlikeness } = await import(pathToFileURL(`${assets}/likeness.js`).href);
const { isBegun, masked, mistypedLength, tellsNumber } = await import(pathToFileURL(`${assets}/resident.js`).href);
const { fromAddress, toAddress } = await import(pathToFileURL(`${assets}/../state.js`).href);
const { fold, words, marks } = await import(pathToFileURL(`${assets}/normalise.js`).href);
let engine;

const methods = {
  async open(folder) {
    base = pathToFileURL(`${folder}/`).href;
    engine = await open(base);
  },
  async cold(query, options) {
    bytes = 0;
    requests = 0;
    const fresh = await open(base);
    const result = await fresh.search(query, options);
    return { ...result, bytes, requests };
  },
  async coldNear(query) {
    bytes = 0;
    requests = 0;
    const fresh = await open(base);
    const { total } = await fresh.search(query);
    const exact = bytes;
    return { ...await fresh.near(query), total, exact, bytes, requests };
  },
  near: (query, options) => engine.near(query, options),
  search: (query, options) => engine.search(query, options),
  all: (query, options) => engine.all(query, options),
  about: () => engine.about(),
  facets: (query, options) => engine.facets(query, options),
  fold: (texts) => texts.map(fold),
  words: (texts) => texts.map(words),
  codes: (texts) => texts.map((text) => asCode(fold(text)) ?? null),
  unlike: (pairs) => pairs.map(([typed, name]) => [distance(typed, name), Math.min(unlikeness(typed, name), 99)]),
  soundNear: (code) => soundNear(code).map(([, other]) => other),
  masked: (texts) => texts.map(masked),
  mistyped: (texts) => texts.map(mistypedLength),
  begun: (texts) => texts.map(isBegun),
  addresses: (texts) => texts.map((q) => {
    const address = `https://a.example/search/#${new URLSearchParams({ q })}`;
    return [toAddress({ q, filters: {} }), fromAddress(address).q, tellsNumber(address)];
  }),
  cleaned: (addresses) => addresses.map((address) => [tellsNumber(address), toAddress(fromAddress(address))]),
  marks: (text, folded) => marks(text, folded),
};

for await (const line of createInterface({ input: process.stdin })) {
  const { method, args } = JSON.parse(line);
  let answer;
  try {
    answer = { result: (await methods[method](...args)) ?? null };
  } catch (error) {
    answer = { error: `${error.stack}` };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
