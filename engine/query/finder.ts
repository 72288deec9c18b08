/** Finds a text in another, from a position on; -1 if it is not there. */
export type Finder = (text: string, from?: number) => number;

/** Up to this length the platform's own search is quick enough even where every beginning nearly fits. */
const short = 8;

/**
 * Makes the search for one text. It takes time in proportion to what is searched, whatever the two are made of (Knuth,
 * Morris and Pratt): the platform's own takes their product for long texts with an odd middle.
 */
export function finder(wanted: string): Finder {
  if (wanted.length <= short) return (text, from = 0) => text.indexOf(wanted, from);
  const borders = bordersOf(wanted);
  return (text, from = 0) => {
    let matched = 0;
    for (let at = from; at < text.length; at++) {
      const code = text.charCodeAt(at);
      while (matched > 0 && wanted.charCodeAt(matched) !== code) matched = borders[matched - 1] as number;
      if (wanted.charCodeAt(matched) === code) matched++;
      if (matched === wanted.length) return at + 1 - matched;
    }
    return -1;
  };
}

/** For every beginning of a text, the length of the longest shorter beginning that it ends with. */
function bordersOf(text: string): Int32Array {
  const borders = new Int32Array(text.length);
  let length = 0;
  for (let at = 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    while (length > 0 && text.charCodeAt(length) !== code) length = borders[length - 1] as number;
    if (text.charCodeAt(length) === code) length++;
    borders[at] = length;
  }
  return borders;
}
