import { idRule, isId } from './address.ts';
import type { CheckContext, ExpressionProblem } from './check-context.ts';
import type { Place } from './place.ts';
import { anything, checkShape, eachItem, filledText, flag, isObject, oneOf, type Rule, whole } from './shape.ts';
import type { Level } from './types.ts';

const levels = ['debug', 'info', 'warning', 'error'] as const satisfies readonly Level[];

/** The longest time that a timer of JavaScript can wait, about 24 days. */
const longestMs = 2_147_483_647;

export const id: Rule = (value, place) => {
  if (!isId(value)) place.expected(`an id: ${idRule}`, value);
};

export const level: Rule = oneOf(levels);
export const milliseconds: Rule = whole(1, longestMs);

const path: Rule = (value, place) => {
  const isPath = typeof value === 'string' || (Array.isArray(value) && value.every(isKey));
  if (!isPath) place.expected('a path: a text, or an array of texts and whole numbers', value);
};

const isKey = (part: unknown): boolean => typeof part === 'string' || Number.isSafeInteger(part);

/** Stored inputs of an operation. */
export const simulation: Rule = (value, place) => {
  const keys = {
    id: filledText,
    title: filledText,
    input: anything,
    expected: anything,
    ignore: (list: unknown, at: Place) => {
      if (Array.isArray(list)) eachItem(list, at, path);
      else at.expected('an array of paths', list);
    },
  };
  checkShape(value, place, { keys, required: ['id', 'input'] });
};

/** A log or capture switch: on, off, or on within bounds. */
export const switched =
  (context: CheckContext): Rule =>
  (value, place) => {
    if (typeof value === 'boolean') return;
    if (!isObject(value)) {
      place.expected('true, false or an object with the key "on" and its bounds', value);
      return;
    }
    const keys = {
      on: flag,
      until: timestamp,
      times: whole(0, Number.MAX_SAFE_INTEGER),
      sample: share,
      when: jsonataText(context),
      errorsOnly: flag,
    };
    checkShape(value, place, { keys, required: ['on'] });
  };

const timestamp: Rule = (value, place) => {
  const rfc3339 = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)$/;
  if (typeof value === 'string' && rfc3339.test(value) && !Number.isNaN(Date.parse(value))) return;
  place.expected('a time as in RFC 3339, such as "2026-11-21T12:00:00Z"', value);
};

const share: Rule = (value, place) => {
  if (!(typeof value === 'number' && value >= 0 && value <= 1)) place.expected('a share from 0 to 1', value);
};

const jsonataText =
  (context: CheckContext): Rule =>
  (value, place) => {
    if (typeof value !== 'string') place.expected('the text of a JSONata expression', value);
    else reportProblem(context.jsonata?.(value), place, 'JSONata expression');
  };

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
