// One of the sites a province is put together of: its release and its lookup, asked from this browser and never kept.

import { fresh, Unreachable } from '../lookup/blocks.js';
import { open } from '../lookup/engine.js';
import { todayInChina } from '../show.js';
import { readRelease } from './read.js';

/** Milliseconds a member has for its answer. */
const PATIENCE = 10000;

/** Whether a member said what it holds, past its last day or not; else why it did not. */
export const ANSWERED = 'answered';
export const STALE = 'stale';
export const AWAY = 'away';
export const SLOW = 'slow';
export const BROKEN = 'broken';

/** Whether an answer may be told of. */
export function isHeard(answer) {
  return answer !== undefined && (answer.state === ANSWERED || answer.state === STALE);
}

class Late extends Error {}

/** What a promise comes to, or the reason of a signal that comes before it. */
function orAborted(promise, signal) {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}

export class Member {
  /** `{release, engine, about}`: the release that was told last, its lookup, and which index that had then. */
  #opened;

  constructor({ id, name, address }) {
    this.id = id;
    this.name = name;
    this.address = new URL(address).href;
  }

  /**
   * `{state, release, result}`: what `work(engine, signal)` came to in the release there is now. Rejects only where `signal`
   * is aborted; a member that does not answer is a state.
   */
  async ask(work, signal) {
    const own = new AbortController();
    const stop = () => own.abort(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
    const timer = setTimeout(() => own.abort(new Late()), PATIENCE);
    try {
      signal.throwIfAborted();
      const { release, result } = await orAborted(this.#answer(work, own.signal), own.signal);
      const isPast = release.until !== '' && release.until < todayInChina();
      return { state: isPast ? STALE : ANSWERED, release, result };
    } catch (error) {
      signal.throwIfAborted();
      this.#opened = undefined;
      if (error instanceof Late) return { state: SLOW };
      return { state: error instanceof Unreachable ? AWAY : BROKEN };
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
      own.abort();
    }
  }

  /** `{release, result}`; once more where the release was switched meanwhile and the server tells so by no answer. */
  async #answer(work, signal) {
    const opened = await this.#open(signal);
    try {
      return await this.#worked(opened, work, signal);
    } catch (error) {
      if (!(error instanceof Unreachable) || signal.aborted) throw error;
      this.#opened = undefined;
      return this.#worked(await this.#open(signal), work, signal);
    }
  }

  /** The engine begins again by itself where a block is gone, in whichever question: then the release is another, too. */
  async #worked({ release, engine, about }, work, signal) {
    const result = await work(engine, signal);
    if (engine.about() === about) return { release, result };
    const now = engine.about();
    this.#opened = { release: await this.#told(signal), engine, about: now };
    return { release: this.#opened.release, result };
  }

  /** Ask which release there is, each time; another one is opened anew, so that what was taken down is not shown. */
  async #open(signal) {
    let release = await this.#told(signal);
    while (this.#opened?.release.files !== release.files) {
      const engine = await open(new URL('search/lookup/', this.address).href, signal);
      const before = release;
      release = await this.#told(signal); // a lookup that was opened while the release was switched may be of either
      if (release.files === before.files) this.#opened = { release, engine, about: engine.about() };
    }
    return this.#opened;
  }

  async #told(signal) {
    return readRelease(await fresh(new URL('release.json', this.address), signal));
  }
}
