import { Bag } from '../../run/scopes.ts';

/** More parameters than this in a query or form are refused. */
export const mostParameters = 1000;

const ampersand = 38;
const equalsSign = 61;
const percent = 37;
const plus = 43;

/**
 * Parses a query or an application/x-www-form-urlencoded body, from an offset of a text to its end. `+` is a space, a
 * repeated key becomes an array in order, percent sequences that are no UTF-8 stay as written. Names are own keys
 * whatever they are, `__proto__` too. Gives null for more than 1,000 parameters.
 */
export function parseQuery(text: string, from = 0): Bag | null {
  const bag = new Bag();
  const end = text.length;
  let start = from;
  let equals = -1;
  let keyEscaped = false;
  let valueEscaped = false;
  let count = 0;
  for (let i = from; i <= end; i++) {
    const code = i === end ? ampersand : text.charCodeAt(i);
    if (code === ampersand) {
      if (i > start) {
        if (++count > mostParameters) return null;
        const keyEnd = equals === -1 ? i : equals;
        const key = text.slice(start, keyEnd);
        const value = equals === -1 ? '' : text.slice(equals + 1, i);
        add(bag, keyEscaped ? decode(key) : key, valueEscaped ? decode(value) : value);
      }
      start = i + 1;
      equals = -1;
      keyEscaped = false;
      valueEscaped = false;
    } else if (code === equalsSign) {
      if (equals === -1) equals = i;
    } else if (code === percent || code === plus) {
      if (equals === -1) keyEscaped = true;
      else valueEscaped = true;
    }
  }
  return bag;
}

/** Adds a value under a name; the second of a name makes it an array. */
export function add(bag: Bag, name: string, value: unknown): void {
  const before = bag[name];
  if (before === undefined) bag[name] = value;
  else if (Array.isArray(before)) before.push(value);
  else bag[name] = [before, value];
}

function decode(text: string): string {
  const spaced = text.includes('+') ? text.replaceAll('+', ' ') : text;
  return decoded(spaced) ?? spaced.replace(/(?:%[0-9A-Fa-f]{2})+/g, (run) => decoded(run) ?? run);
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
