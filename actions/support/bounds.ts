import { ActionFailure } from '../kit/index.ts';

/** What a single result may hold: items of an array, UTF-16 units or bytes, levels of nesting. */
export const bounds = { items: 1_000_000, text: 10_000_000 /* UTF-16 units or bytes */, depth: 1000 } as const;

const tooLarge = 'too-large';

/** To be called before the array is made. `field` is the name of the field whose value asks for so many. */
export const checkItems = (count: number, field: string): void => {
  if (count > bounds.items) {
    throw new ActionFailure(
      tooLarge,
      `\`${field}\` would give ${count} items, and at most ${bounds.items} are allowed; ask for fewer`,
    );
  }
};

/** To be called before the text or the bytes are made; `unit` is what is counted. */
export const checkSize = (size: number, field: string, unit: 'characters' | 'bytes' = 'characters'): void => {
  if (size > bounds.text) {
    throw new ActionFailure(
      tooLarge,
      `\`${field}\` would give ${size} ${unit}, and at most ${bounds.text} are allowed; ask for less`,
    );
  }
};

/** For walks over foreign data: the value itself is at depth 0. */
export const checkDepth = (depth: number, field: string): void => {
  if (depth > bounds.depth) {
    throw new ActionFailure(
      'input-invalid',
      `\`${field}\` is nested deeper than ${bounds.depth} levels, which is the most that is looked into; give a part of it`,
    );
  }
};

/**
 * For what comes out of the data as a whole and no number in a field asks for, such as a flattened array: like data that is
 * nested too deeply, it is input-invalid.
 */
export const checkTotal = (
  total: number,
  field: string,
  unit: 'items' | 'members' | 'characters' | 'bytes' = 'items',
): void => {
  const most = unit === 'items' || unit === 'members' ? bounds.items : bounds.text;
  if (total > most) {
    throw new ActionFailure(
      'input-invalid',
      `\`${field}\` would make more than ${most} ${unit}, which is the most that is allowed; give a part of it`,
    );
  }
};
