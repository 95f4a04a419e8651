// A ZIP archive of texts, stored as they are.

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const VERSION = 20;
const UTF8 = 0x0800;

/** 1980-01-01, the first day of the format: an archive tells nothing of when it was made. */
const DAY = 0x21;

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value >>> 0;
});

function crc(bytes) {
  let value = 0xffffffff;
  for (const byte of bytes) value = (value >>> 8) ^ TABLE[(value ^ byte) & 255];
  return (value ^ 0xffffffff) >>> 0;
}

/** `[width in bytes, number]` pairs, the lowest byte first. */
function numbers(...pairs) {
  return Uint8Array.from(pairs.flatMap(
    ([width, number]) => Array.from({ length: width }, (_, place) => Math.floor(number / 256 ** place) % 256),
  ));
}

/** The bytes of an archive of `[[name, text], …]`, as parts of a `Blob`. */
export function zip(files) {
  const parts = [];
  const directory = [];
  let at = 0;
  for (const [name, text] of files) {
    const [path, data] = [name, text].map((one) => new TextEncoder().encode(one));
    const told = [
      [2, VERSION], [2, UTF8], [2, 0], [2, 0], [2, DAY], [4, crc(data)], [4, data.length], [4, data.length],
      [2, path.length], [2, 0],
    ];
    const head = numbers([4, LOCAL], ...told);
    parts.push(head, path, data);
    directory.push(numbers([4, CENTRAL], [2, VERSION], ...told, [2, 0], [2, 0], [2, 0], [4, 0], [4, at]), path);
    at += head.length + path.length + data.length;
  }
  const size = directory.reduce((sum, part) => sum + part.length, 0);
  const count = files.length;
  return [...parts, ...directory, numbers([4, END], [2, 0], [2, 0], [2, count], [2, count], [4, size], [4, at], [2, 0])];
}
