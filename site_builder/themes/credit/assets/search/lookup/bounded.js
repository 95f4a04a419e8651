// Reads no more of an answer than an index may hold: what comes from elsewhere may be anything.

/** An answer longer than it may be. */
export class TooLong extends Error {}

/** All bytes of a stream, at most `most`. */
export async function bounded(stream, most) {
  const reader = stream.getReader();
  const parts = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read(); // eslint-disable-line no-await-in-loop
    if (done) break;
    size += value.length;
    if (size > most) {
      reader.cancel().catch(() => {});
      throw new TooLong(String(most));
    }
    parts.push(value);
  }
  if (parts.length === 1) return parts[0];
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
