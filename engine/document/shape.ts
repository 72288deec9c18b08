import { alternatives, quote } from './found.ts';
import { nearest } from './nearest.ts';
import type { Place } from './place.ts';

/**
 * JSON Schema 2020-12, as OpenAPI 3.1 uses it. A schema with a `title` is a component of that name in the API's
 * description: wherever it occurs, it is referred to.
 */
export type JsonSchema = { readonly [keyword: string]: unknown };

/** Reports what is wrong with a value at its place; a missing value never reaches it. */
export type Check = (value: unknown, place: Place) => void;

/**
 * A check that also says what it allows. The schema may allow more than the check, where JSON Schema has no words for
 * it, but never less: whatever the check accepts fits the schema.
 */
export type Rule = Check & { readonly schema: JsonSchema };

/** A check written by hand, with the schema of what it allows. */
export const rule = (schema: JsonSchema, check: Check): Rule => {
  // Every action of a document gets some: a plain property costs least, on a function that nobody else has.
  const described = ((value, place) => check(value, place)) as Check & { schema: JsonSchema };
  described.schema = schema;
  return described;
};

/** The same rule with more to its schema: `title` makes it a component, `description` says what it is for. */
export const describe = (described: Rule, more: JsonSchema): Rule =>
  rule(
    described.schema.title === undefined ? { ...described.schema, ...more } : { allOf: [described.schema], ...more },
    described,
  );

export type JsonObject = { [key: string]: unknown };

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The keys of an object, in the order they are documented; those in `required` must be there. */
export interface Shape<C extends Check = Check> {
  readonly keys: { readonly [key: string]: C };
  readonly required: readonly string[];
}

/** The schema of a shape: these keys and no others. */
export const schemaOf = ({ keys, required }: Shape<Rule>): JsonSchema => ({
  type: 'object',
  properties: Object.fromEntries(Object.entries(keys).map(([key, { schema }]) => [key, schema])),
  ...(required.length > 0 && { required }),
  additionalProperties: false,
});

/** Checks an object against a shape. Answers whether it is an object at all. */
export function checkShape(value: unknown, place: Place, { keys, required }: Shape): value is JsonObject {
  if (!isObject(value)) {
    place.expected('an object', value);
    return false;
  }
  for (const key of Object.keys(value)) {
    const check = Object.hasOwn(keys, key) ? keys[key] : undefined;
    if (check === undefined) refuseKey(key, place, Object.keys(keys));
    else check(value[key], place.at(key));
  }
  for (const key of required) {
    if (!Object.hasOwn(value, key)) place.error(`${place.name} must have the key ${quote(key)}, found nothing.`);
  }
  return true;
}

export const shape = (keys: { readonly [key: string]: Rule }, required: readonly string[] = []): Rule =>
  rule(schemaOf({ keys, required }), (value, place) => {
    checkShape(value, place, { keys, required });
  });

/** A shape all of whose keys must be there, but for those in `optional`. */
export const exactly = (keys: { readonly [key: string]: Rule }, optional: readonly string[] = []): Rule =>
  shape(
    keys,
    Object.keys(keys).filter((key) => !optional.includes(key)),
  );

function refuseKey(key: string, place: Place, allowed: readonly string[]): void {
  const near = nearest(key, allowed);
  const remedy = near === undefined ? `Allowed are ${alternatives(allowed)}.` : `Did you mean "${near}"?`;
  place.at(key).error(`${place.name} must not have the key ${quote(key)}. ${remedy}`);
}

/** Anything at all; its depth is bounded for the whole document. */
export const anything: Rule = rule({}, () => {});

export const text: Rule = rule({ type: 'string' }, (value, place) => {
  if (typeof value !== 'string') place.expected('a text', value);
});

export const filledText: Rule = rule({ type: 'string', pattern: '\\S' }, (value, place) => {
  if (typeof value !== 'string' || value.trim() === '') place.expected('a text that is not empty', value);
});

export const flag: Rule = rule({ type: 'boolean' }, (value, place) => {
  if (typeof value !== 'boolean') place.expected('true or false', value);
});

export const object: Rule = rule({ type: 'object' }, (value, place) => {
  if (!isObject(value)) place.expected('an object', value);
});

/** A whole number; without `most` as far as numbers are exact. */
export const whole = (least: number, most = Number.MAX_SAFE_INTEGER): Rule =>
  rule({ type: 'integer', minimum: least, maximum: most }, (value, place) => {
    if (Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most) return;
    const isNumberAsText = typeof value === 'string' && /^\d+$/.test(value);
    const remedy = isNumberAsText ? 'Leave out the quotes.' : undefined;
    place.expected(`a whole number from ${least} to ${most}`, value, remedy);
  });

export const number = (least: number, most = Number.MAX_VALUE): Rule =>
  rule({ type: 'number', minimum: least, maximum: most }, (value, place) => {
    if (typeof value === 'number' && value >= least && value <= most) return;
    place.expected(`a number from ${least} to ${most}`, value);
  });

export const oneOf = (words: readonly string[]): Rule =>
  rule({ type: 'string', enum: words }, (value, place) => {
    if (typeof value === 'string' && words.includes(value)) return;
    const near = typeof value === 'string' ? nearest(value, words) : undefined;
    place.expected(`one of ${words.join(', ')}`, value, near && `Did you mean "${near}"?`);
  });

export const orNull = (other: Rule): Rule =>
  rule({ anyOf: [other.schema, { type: 'null' }] }, (value, place) => {
    if (value !== null) other(value, place);
  });

export const listOf = (item: Rule, allowed = 'an array'): Rule =>
  rule({ type: 'array', items: item.schema }, (value, place) => {
    if (!Array.isArray(value)) return place.expected(allowed, value);
    eachItem(value, place, item);
  });

/** An object with any keys, whose values are all of one kind. */
export const mapOf = (member: Rule, allowed = 'an object'): Rule =>
  rule({ type: 'object', additionalProperties: member.schema }, (value, place) => {
    if (!isObject(value)) return place.expected(allowed, value);
    for (const [key, each] of Object.entries(value)) member(each, place.at(key));
  });

/** Applies a check to every item of an array, at the item's place. */
export function eachItem(list: readonly unknown[], place: Place, check: Check): void {
  for (const [index, item] of list.entries()) check(item, place.at(index));
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
