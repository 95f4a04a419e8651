// Credit codes as people type them (GB 32100): 18 characters, the last of which checks the others.

const ALPHABET = '0123456789abcdefghjklmnpqrtuwxy';
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

/** Department, category, division code, body, check; O and I, which no code has, where a digit is to stand. */
const SHAPE = /^[1-9a-z][1-9a-z][1-8oi][0-9oi]{5}[0-9a-z]{10}$/;

/** A resident ID, which is no organisation's. */
const RESIDENT = /^[1-8][0-9]{5}(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9x]$/;

function isSound(code) {
  const values = [...code].map((character) => ALPHABET.indexOf(character));
  if (values.includes(-1)) return false;
  const total = WEIGHTS.reduce((sum, weight, place) => sum + values[place] * weight, 0);
  return values[17] === (31 - (total % 31)) % 31;
}

/** The sound codes that differ from a folded one in one character, `[[place, code], …]`. */
export function soundNear(code) {
  return [...code].flatMap((_, place) => [...ALPHABET]
    .map((other) => [place, code.slice(0, place) + other + code.slice(place + 1)])
    .filter(([, other]) => other !== code && isSound(other)));
}

/**
 * What a folded text is as a whole code, or undefined where it is none: `code`; whether O and I in it were taken for 0
 * and 1 (`mended`), which is done only where the check character then fits; whether it fits (`sound`).
 */
export function asCode(folded) {
  if (!SHAPE.test(folded)) return undefined;
  if (isSound(folded)) return { code: folded, mended: false, sound: true };
  const digits = folded.replaceAll('o', '0').replaceAll('i', '1');
  if (digits !== folded && isSound(digits)) return { code: digits, mended: true, sound: true };
  return RESIDENT.test(folded) ? undefined : { code: folded, mended: false, sound: false };
}
