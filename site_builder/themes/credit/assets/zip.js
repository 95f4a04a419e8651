// The archive that documents and workbooks made in the browser are, and the XML in it.

export const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

/** Characters XML cannot hold, and half pairs. */
const UNFIT = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** A text as it stands in XML, in an element or an attribute. */
export function escaped(text) {
  return text.replace(UNFIT, '').replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let sum = byte;
  for (let bit = 0; bit < 8; bit += 1) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  return sum >>> 0;
});

function crc32(bytes) {
  let sum = 0xffffffff;
  for (const byte of bytes) sum = TABLE[(sum ^ byte) & 0xff] ^ (sum >>> 8);
  return (sum ^ 0xffffffff) >>> 0;
}

/** A zip of `[[name, text], …]` as a `Blob` of a type, its files stored as they are (APPNOTE.TXT 6.3.3), all of 1980-01-01. */
export function zip(files, type) {
  const parts = [];
  const directory = [];
  let at = 0;
  for (const [name, text] of files) {
    const data = new TextEncoder().encode(text);
    const path = new TextEncoder().encode(name);
    const head = new DataView(new ArrayBuffer(26));
    for (const [place, value] of [[0, 20], [2, 0x800], [8, 0x21]]) head.setUint16(place, value, true);
    for (const [place, value] of [[10, crc32(data)], [14, data.length], [18, data.length]]) head.setUint32(place, value, true);
    head.setUint16(22, path.length, true);
    const own = new DataView(new ArrayBuffer(14));
    own.setUint32(10, at, true);
    const common = new Uint8Array(head.buffer);
    parts.push(Uint8Array.of(80, 75, 3, 4), common, path, data);
    directory.push(Uint8Array.of(80, 75, 1, 2, 20, 0), common, new Uint8Array(own.buffer), path);
    at += 30 + path.length + data.length;
  }
  const end = new DataView(new ArrayBuffer(22));
  end.setUint32(0, 0x06054b50, true);
  for (const place of [8, 10]) end.setUint16(place, files.length, true);
  end.setUint32(12, directory.reduce((sum, one) => sum + one.length, 0), true);
  end.setUint32(16, at, true);
  return new Blob([...parts, ...directory, end], { type });
}
