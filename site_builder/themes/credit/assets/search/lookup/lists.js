// Lists of row numbers: see site_builder/search/lookup/lists.py.

import {
  BEGINS, EQUAL, HOLDS, TOLD,
} from './leaf.js';

const HEAD = 9;
const DENSE = 8;
const PARTS = [[1, BEGINS], [2, EQUAL], [4, TOLD]];

function bit(bytes, place) {
  return (bytes[place >> 3] >> (place & 7)) & 1;
}

function fromBits(bytes, length, total) {
  const rows = new Uint32Array(length);
  let found = 0;
  for (let row = 0; row < total; row += 1) {
    if (bit(bytes, row) === 1) {
      rows[found] = row;
      found += 1;
    }
  }
  return rows;
}

function fromGaps(bytes, length) {
  const rows = new Uint32Array(length);
  let row = 0;
  for (let place = 0; place < length; place += 1) {
    row += bytes[place] | (bytes[place + length] << 8) | (bytes[place + 2 * length] << 16);
    rows[place] = row;
  }
  return rows;
}

/** `{rows, matches}`: the numbers, ascending, and how well each row answers. */
export function list(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const length = view.getUint32(0, true);
  const total = view.getUint32(4, true);
  const dense = length * DENSE > total;
  const rest = bytes.subarray(HEAD);
  const rows = dense ? fromBits(rest, length, total) : fromGaps(rest, length);
  const matches = new Uint8Array(length).fill(HOLDS);
  let at = dense ? (total + 7) >> 3 : 3 * length;
  for (const [part, match] of PARTS) {
    if ((bytes[HEAD - 1] & part) !== 0) {
      const marks = rest.subarray(at);
      for (let place = 0; place < length; place += 1) if (bit(marks, place) === 1) matches[place] = match;
      at += (length + 7) >> 3;
    }
  }
  return { rows, matches };
}
