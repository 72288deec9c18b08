import { idPattern, idRule, isId } from './address.ts';
import type { CheckContext, ExpressionProblem } from './check-context.ts';
import type { Place } from './place.ts';
import {
  anything,
  checkShape,
  filledText,
  flag,
  isObject,
  listOf,
  oneOf,
  type Rule,
  rule,
  schemaOf,
  shape,
  whole,
} from './shape.ts';
import type { Level } from './types.ts';

const levels = ['debug', 'info', 'warning', 'error'] as const satisfies readonly Level[];

/** The longest time that a timer of JavaScript can wait, about 24 days. */
const longestMs = 2_147_483_647;

export const id: Rule = rule({ type: 'string', pattern: idPattern.source }, (value, place) => {
  if (!isId(value)) place.expected(`an id: ${idRule}`, value);
});

export const level: Rule = oneOf(levels);
export const milliseconds: Rule = whole(1, longestMs);

const pathSchema = {
  anyOf: [{ type: 'string' }, { type: 'array', items: { type: ['string', 'integer'] } }],
};

const path: Rule = rule(pathSchema, (value, place) => {
  const isPath = typeof value === 'string' || (Array.isArray(value) && value.every(isKey));
  if (!isPath) place.expected('a path: a text, or an array of texts and whole numbers', value);
});

const isKey = (part: unknown): boolean => typeof part === 'string' || Number.isSafeInteger(part);

/** Stored inputs of an operation. */
export const simulation: Rule = shape(
  {
    id: filledText,
    title: filledText,
    input: anything,
    expected: anything,
    ignore: listOf(path, 'an array of paths'),
  },
  ['id', 'input'],
);

const timestamp: Rule = rule({ type: 'string', format: 'date-time' }, (value, place) => {
  const rfc3339 = /^(\d{4}-\d\d-\d\d)[Tt]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)$/;
  const day = typeof value === 'string' ? rfc3339.exec(value)?.[1] : undefined;
  if (day !== undefined && isDay(day) && !Number.isNaN(Date.parse(value as string))) return;
  place.expected('a time as in RFC 3339, such as "2026-11-21T12:00:00Z"', value);
});

/** Dates make 2 March of 30 February. */
const isDay = (day: string): boolean => {
  const time = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(day);
};

const share: Rule = rule({ type: 'number', minimum: 0, maximum: 1 }, (value, place) => {
  if (!(typeof value === 'number' && value >= 0 && value <= 1)) place.expected('a share from 0 to 1', value);
});

const jsonataText = (context: CheckContext): Rule =>
  rule({ type: 'string' }, (value, place) => {
    if (typeof value !== 'string') place.expected('the text of a JSONata expression', value);
    else reportProblem(context.jsonata?.(value), place, 'JSONata expression');
  });

const bounds = (context: CheckContext): { readonly [key: string]: Rule } => ({
  on: flag,
  until: timestamp,
  times: whole(0),
  sample: share,
  when: jsonataText(context),
  errorsOnly: flag,
});

const switchSchema = {
  title: 'Switch',
  description: 'On, off, or on within bounds.',
  anyOf: [{ type: 'boolean' }, schemaOf({ keys: bounds({}), required: ['on'] })],
};

/** A log or capture switch: on, off, or on within bounds. */
export const switched = (context: CheckContext): Rule =>
  rule(switchSchema, (value, place) => {
    if (typeof value === 'boolean') return;
    if (isObject(value)) checkShape(value, place, { keys: bounds(context), required: ['on'] });
    else place.expected('true, false or an object with the key "on" and its bounds', value);
  });

/** Reports what the injected check of an expression's text found. */
export function reportProblem(problem: ExpressionProblem | undefined, place: Place, what: string): void {
  if (problem === undefined) return;
  const where = problem.position === undefined ? '' : ` at character ${problem.position + 1}`;
  const message = problem.message.replace(/\s+/g, ' ').replace(/\.$/, '');
  place.error(`${place.name} is no valid ${what}${where}: ${message}.`);
}

/** The keys that everything which can be switched has. */
export const switchKeys = (context: CheckContext): { readonly [key: string]: Rule } => ({
  log: switched(context),
  capture: switched(context),
  logLevel: level,
});
