// Credit codes as people type them (GB 32100): 18 characters, the last of which checks the others.

const ALPHABET = '0123456789abcdefghjklmnpqrtuwxy';
const LENGTH = 18;
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

/** Letters no code has, and the digits they look like. */
const DIGITS = {
  o: '0', i: '1', z: '2', s: '5',
};

/** Department, category, division code, body, check; a letter no code has where a digit is to stand. */
const SHAPE = /^[1-9a-z][1-9a-z][1-8oizs][0-9oizs]{5}[0-9a-z]{10}$/;

/** A resident ID, which is no organisation's. */
const RESIDENT = /^[1-8][0-9]{5}(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9x]$/;

function isSound(code) {
  const values = [...code].map((character) => ALPHABET.indexOf(character));
  if (values.length !== LENGTH || values.includes(-1)) return false;
  const total = WEIGHTS.reduce((sum, weight, place) => sum + values[place] * weight, 0);
  return values[17] === (31 - (total % 31)) % 31;
}

/** A folded text with the digits that letters no code has look like. */
export function digitsOf(folded) {
  return folded.replace(/[oizs]/g, (letter) => DIGITS[letter]);
}

/** Whether a folded text is a code but for a character that is missing or too many. */
export function isWrongLength(folded) {
  const rest = { [LENGTH - 1]: 0, [LENGTH + 1]: 1 }[folded.length];
  return rest !== undefined && Array.from({ length: LENGTH + 1 }, (_, place) => place)
    .some((place) => SHAPE.test(folded.slice(0, place) + (rest === 0 ? '1' : '') + folded.slice(place + rest)));
}

/**
 * The sound codes that differ from a folded one in one character, or by two neighbours that changed places, or have the
 * one it lacks, or lack the one it has too many, `[[place, code], …]`.
 */
export function soundNear(code) {
  const [front, rest] = [(place) => code.slice(0, place), (place) => code.slice(place)];
  const made = Array.from({ length: code.length + 1 }, (_, place) => {
    if (code.length > LENGTH) return [front(place) + rest(place + 1)];
    const behind = code.length < LENGTH ? rest(place) : rest(place + 1);
    const swapped = front(place) + rest(place + 1).slice(0, 1) + rest(place).slice(0, 1) + rest(place + 2);
    return [...[...ALPHABET].map((other) => front(place) + other + behind), swapped];
  });
  return made.flatMap((others, place) => [...new Set(others)]
    .filter((other) => other !== code && isSound(other)).map((other) => [place, other]));
}

/**
 * What a folded text is as a whole code, or undefined where it is none: `code`; whether letters no code has were taken for
 * digits (`mended`), which is done only where the check character then fits; whether it fits (`sound`).
 */
export function asCode(folded) {
  if (!SHAPE.test(folded)) return undefined;
  if (isSound(folded)) return { code: folded, mended: false, sound: true };
  const digits = digitsOf(folded);
  if (digits !== folded && isSound(digits)) return { code: digits, mended: true, sound: true };
  return RESIDENT.test(folded) ? undefined : { code: folded, mended: false, sound: false };
}
