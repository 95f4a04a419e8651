// How far one folded text is from another: the same as site_builder/search/lookup/likeness.py.

/** Characters of the shortest name that is offered. */
export const SHORTEST_NAME = 4;

/** Fewest characters to put in, leave out, change or swap with their neighbour to make one text of another. */
export function distance(one, other) {
  const [left, right] = [[...one], [...other]];
  let before = [];
  let last = Array.from({ length: right.length + 1 }, (_, place) => place);
  for (let row = 1; row <= left.length; row += 1) {
    const next = [row];
    for (let column = 1; column <= right.length; column += 1) {
      const same = left[row - 1] === right[column - 1];
      let best = Math.min(last[column] + 1, next[column - 1] + 1, last[column - 1] + (same ? 0 : 1));
      const swapped = row > 1 && column > 1 && left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1];
      if (swapped) best = Math.min(best, before[column - 2] + 1);
      next.push(best);
    }
    [before, last] = [last, next];
  }
  return last[right.length];
}

/** How many characters of a text stand in another in the same order. */
function inOrder(text, other) {
  const [left, right] = [[...text], [...other]];
  let last = new Array(right.length + 1).fill(0);
  for (const character of left) {
    const next = [0];
    right.forEach((one, place) => {
      next.push(one === character ? last[place] + 1 : Math.max(last[place + 1], next[place]));
    });
    last = next;
  }
  return last[right.length];
}

/** Whether a text has all characters of another, as many times. */
function hasAll(text, other) {
  const left = [...text];
  return [...other].every((character) => {
    const place = left.indexOf(character);
    if (place >= 0) left.splice(place, 1);
    return place >= 0;
  });
}

/**
 * How far a name is from what was typed, `Infinity` where it is not like it: mistakes in the whole; or what a short form
 * leaves out; or words in another order.
 */
export function unlikeness(typed, name) {
  const size = [...typed].length;
  const mistakes = distance(typed, name);
  if (mistakes <= (size > 9 ? 2 : 1)) return mistakes;
  if (size < SHORTEST_NAME) return Infinity;
  const kept = inOrder(typed, name);
  if (kept === size) return 2 + ([...name].length - size) / 100;
  if (hasAll(name, typed) && kept * 2 >= size) return 3 + ([...name].length - kept) / 100;
  if (size > 4 && kept === size - 1) return 4 + ([...name].length - kept) / 100;
  return Infinity;
}
