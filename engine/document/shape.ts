import { alternatives, quote } from './found.ts';
import { nearest } from './nearest.ts';
import type { Place } from './place.ts';

/** Reports what is wrong with a value at its place; a missing value never reaches a rule. */
export type Rule = (value: unknown, place: Place) => void;

export type JsonObject = { [key: string]: unknown };

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The keys of an object, in the order they are documented; those in `required` must be there. */
export interface Shape {
  readonly keys: { readonly [key: string]: Rule };
  readonly required: readonly string[];
}

/** Checks an object against a shape. Answers whether it is an object at all. */
export function checkShape(value: unknown, place: Place, { keys, required }: Shape): value is JsonObject {
  if (!isObject(value)) {
    place.expected('an object', value);
    return false;
  }
  for (const key of Object.keys(value)) {
    const rule = Object.hasOwn(keys, key) ? keys[key] : undefined;
    if (rule === undefined) refuseKey(key, place, Object.keys(keys));
    else rule(value[key], place.at(key));
  }
  for (const key of required) {
    if (!Object.hasOwn(value, key)) place.error(`${place.name} must have the key ${quote(key)}, found nothing.`);
  }
  return true;
}

export const shape =
  (keys: { readonly [key: string]: Rule }, required: readonly string[] = []): Rule =>
  (value, place) => {
    checkShape(value, place, { keys, required });
  };

function refuseKey(key: string, place: Place, allowed: readonly string[]): void {
  const near = nearest(key, allowed);
  const remedy = near === undefined ? `Allowed are ${alternatives(allowed)}.` : `Did you mean "${near}"?`;
  place.at(key).error(`${place.name} has no key ${quote(key)}. ${remedy}`);
}

/** Anything at all; its depth is bounded for the whole document. */
export const anything: Rule = () => {};

export const text: Rule = (value, place) => {
  if (typeof value !== 'string') place.expected('a text', value);
};

export const filledText: Rule = (value, place) => {
  if (typeof value !== 'string' || value.trim() === '') place.expected('a text that is not empty', value);
};

export const flag: Rule = (value, place) => {
  if (typeof value !== 'boolean') place.expected('true or false', value);
};

export const object: Rule = (value, place) => {
  if (!isObject(value)) place.expected('an object', value);
};

export const whole =
  (least: number, most: number): Rule =>
  (value, place) => {
    if (Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most) return;
    const isNumberAsText = typeof value === 'string' && /^\d+$/.test(value);
    const remedy = isNumberAsText ? 'Leave out the quotes.' : undefined;
    place.expected(`a whole number from ${least} to ${most}`, value, remedy);
  };

export const oneOf =
  (words: readonly string[]): Rule =>
  (value, place) => {
    if (typeof value === 'string' && words.includes(value)) return;
    const near = typeof value === 'string' ? nearest(value, words) : undefined;
    place.expected(`one of ${words.join(', ')}`, value, near && `Did you mean "${near}"?`);
  };

export const listOf =
  (rule: Rule, allowed = 'an array'): Rule =>
  (value, place) => {
    if (!Array.isArray(value)) return place.expected(allowed, value);
    eachItem(value, place, rule);
  };

/** Applies a rule to every item of an array, at the item's place. */
export function eachItem(list: readonly unknown[], place: Place, rule: Rule): void {
  for (const [index, item] of list.entries()) rule(item, place.at(index));
}

/** Reports every entry of a list whose key was used by an earlier one. */
export function refuseRepeats(
  list: unknown,
  place: Place,
  keyOf: (item: unknown) => { key: string; at: string; words: string } | undefined,
): void {
  if (!Array.isArray(list)) return;
  const first = new Map<string, number>();
  for (const [index, item] of list.entries()) {
    const entry = keyOf(item);
    if (entry === undefined) continue;
    const earlier = first.get(entry.key);
    if (earlier === undefined) first.set(entry.key, index);
    else
      place
        .at(index)
        .at(entry.at)
        .error(`${entry.words} is already used by item ${earlier + 1} of ${place.name}.`);
  }
}
