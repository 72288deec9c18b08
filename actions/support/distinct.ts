import { checkDepth } from './bounds.ts';

/** Gives equal values the same identity, and different ones different identities: a Map or Set of identities compares deeply. */
type Identify = (value: unknown) => unknown;

// A longer text is not repeated in the form of everything that holds it.
const longestSpelled = 40;
const longestRespelled = 200;

/**
 * Equality as the kit's isEqual has it, in time linear in the data, however much of it is shared: every part is looked at
 * once and becomes a number, and the form of an array or object is spelled with the numbers of its parts. Scalars are
 * their own identity. Fails with input-invalid, naming `field`, for what is nested too deeply.
 */
export const openIdentities = (field: string): Identify => {
  const known = new Map<object, Identity>();
  const byForm = new Map<string, Identity>();
  const byText = new Map<string, number>();
  const byOther = new Map<unknown, number>();

  let asked = 0;

  const numberIn = <T>(numbers: Map<T, number>, key: T): number => {
    const found = numbers.get(key);
    if (found !== undefined) return found;
    numbers.set(key, numbers.size);
    return numbers.size - 1;
  };
  const spell = (part: unknown, depth: number): string => {
    switch (typeof part) {
      case 'string':
        // The length says where it ends, whatever is in it.
        return part.length > longestSpelled ? `t${numberIn(byText, part)}` : `${part.length}"${part}`;
      case 'number':
        // -0 is written like 0, and equals it.
        return `${part}`;
      case 'boolean':
        return `${part}`;
      case 'bigint':
        return `${part}n`;
      case 'undefined':
        return 'null';
      case 'object':
        return part === null ? 'null' : `#${identityOf(part, depth).number}`;
      default:
        return `o${numberIn(byOther, part)}`;
    }
  };
  const formOf = (value: object, depth: number): string => {
    if (Array.isArray(value)) {
      let form = '[';
      for (let index = 0; index < value.length; index += 1) form += `${spell(value[index], depth)},`;
      return form;
    }
    if (value instanceof Date) return `d${value.getTime()}`;
    if (value instanceof Uint8Array)
      return `b${Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('latin1')}`;
    let form = '{';
    for (const key of sortedKeys(value)) {
      form += `${spell(key, depth)}:${spell((value as Record<string, unknown>)[key], depth)},`;
    }
    return form;
  };
  const identityOf = (value: object, depth: number): Identity => {
    const found = known.get(value);
    if (found !== undefined) return found;
    checkDepth(depth, field);
    asked += 1;
    const before = asked;
    const form = formOf(value, depth + 1);
    let equal = byForm.get(form);
    if (equal === undefined) {
      equal = { number: byForm.size };
      byForm.set(form, equal);
    }
    // What is small and holds no other is as quickly spelled again as looked up.
    if (asked > before || form.length > longestRespelled) known.set(value, equal);
    return equal;
  };
  return (value) => (typeof value === 'object' && value !== null ? identityOf(value, 0) : (value ?? null));
};

/** Most objects have few keys, and many already have them in order. */
const sortedKeys = (value: object): string[] => {
  const keys = Object.keys(value);
  for (let index = 1; index < keys.length; index += 1) {
    if ((keys[index - 1] as string) > (keys[index] as string)) return keys.sort();
  }
  return keys;
};

interface Identity {
  readonly number: number;
}

/** The items without those that equal an earlier one; the array itself when there are none. */
export const withoutRepeats = (array: unknown[], field: string): unknown[] => {
  const identify = openIdentities(field);
  const seen = new Set<unknown>();
  const kept = array.filter((item) => {
    const before = seen.size;
    return seen.add(identify(item)).size > before;
  });
  return kept.length === array.length ? array : kept;
};

/** Where the first item is that equals the value; -1 when there is none. */
export const indexOfEqual = (array: readonly unknown[], value: unknown, field: string): number => {
  if (typeof value !== 'object' || value === null) {
    const wanted = value ?? null;
    return array.findIndex((item) => Object.is(item ?? null, wanted) || (item ?? null) === wanted);
  }
  const identify = openIdentities(field);
  const wanted = identify(value);
  return array.findIndex((item) => typeof item === 'object' && identify(item) === wanted);
};
