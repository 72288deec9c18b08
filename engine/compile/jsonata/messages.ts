import { asEvaluationError, type EvaluationError } from './fault.ts';
import { isFunction } from './value.ts';

/** A value in a few words, for messages. A cut secret would not be recognised by redaction: a text is shown whole or not. */
const shown = (value: unknown): string => {
  if (typeof value === 'string')
    return value.length > 40 ? `a text of ${value.length} characters` : JSON.stringify(value);
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (isFunction(value)) return 'a function';
  if (value === undefined) return 'nothing';
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
};

type Message = (error: EvaluationError) => string;

const found = ({ details }: EvaluationError): string => `found ${shown(details.value)}`;

/** What the author of the expression wrote, in a length that fits a log line. */
const own = ({ details }: EvaluationError): string => String(details.message).slice(0, 1_000);

/** What the codes of JSONata mean. The codes of functions that format or parse (D308x, D309x, D313x) are in the last lines. */
const messages: { readonly [code: string]: Message } = {
  T0410: (e) =>
    `Argument ${e.details.index} of $${e.token} does not fit: ${found(e)}. See the function's signature in the JSONata documentation.`,
  T0411: (e) => `$${e.token} needs an argument here, since the context does not fit: ${found(e)}.`,
  T0412: (e) => `Argument ${e.details.index} of $${e.token} must be an array of ${e.details.type}, ${found(e)}.`,
  D1001: (e) => `A number is too large for JSON: ${found(e)}.`,
  D1002: (e) => `Only a number can follow the minus sign, ${found(e)}.`,
  T1003: (e) => `The key of an object must be a text, ${found(e)}.`,
  D1004: (e) =>
    `The regular expression ${shown(e.details.value)} matches the empty text again and again. Use + instead of *.`,
  T1005: (e) => `"${e.token}" is no function here. Did you mean $${e.token}?`,
  T1006: (e) =>
    `Not a function: ${e.token === undefined ? 'what is called' : `$${e.token}, or what it was given to call`}.`,
  T1007: (e) => `"${e.token}" is no function here. Did you mean $${e.token}?`,
  T1008: (e) => `Not a function: ${e.token === undefined ? 'what is called' : `$${e.token}`}.`,
  D1009: (e) => `Two key expressions give the same key ${shown(e.details.value)}.`,
  T1010: (e) =>
    `The function that $${e.token} uses for matching must give an object with match, start, end, groups and next.`,
  T2001: (e) => `The left side of "${e.token}" must be a number, ${found(e)}.`,
  T2002: (e) => `The right side of "${e.token}" must be a number, ${found(e)}.`,
  T2003: (e) => `The left side of the range ".." must be a whole number, ${found(e)}.`,
  T2004: (e) => `The right side of the range ".." must be a whole number, ${found(e)}.`,
  T2006: (e) => `The right side of "~>" must be a function, ${found(e)}.`,
  T2007: (e) =>
    `Order-by cannot compare ${shown(e.details.value)} with ${shown(e.details.value2)}: all values must be texts, or all numbers.`,
  T2008: (e) => `Order-by needs texts or numbers, ${found(e)}.`,
  T2009: (e) =>
    `"${e.token}" cannot compare ${shown(e.details.value)} with ${shown(e.details.value2)}: both must be texts, or both numbers.`,
  T2010: (e) => `"${e.token}" compares texts or numbers, ${found(e)}.`,
  T2011: (e) => `The update of a transform must be an object, ${found(e)}.`,
  T2012: (e) => `The delete of a transform must be a text or an array of texts, ${found(e)}.`,
  D3001: (e) => `Only finite numbers can be written as text, ${found(e)}.`,
  D3010: () => 'The pattern of $replace must not be an empty text.',
  D3011: (e) => `The limit of $replace must not be negative, ${found(e)}.`,
  D3012: (e) => `The function that $replace uses must give a text, ${found(e)}.`,
  D3020: (e) => `The limit of $split must not be negative, ${found(e)}.`,
  D3030: (e) => `Not a number: ${shown(e.details.value)}.`,
  D3040: (e) => `The limit of $match must not be negative, ${found(e)}.`,
  D3050: () => 'The function that $reduce uses must take at least two arguments.',
  D3060: (e) => `There is no square root of ${shown(e.details.value)}.`,
  D3061: (e) => `${shown(e.details.value)} to the power ${shown(e.details.exp)} is too large for JSON.`,
  D3070: () =>
    'Without a function, $sort orders an array of texts or an array of numbers. Give it a function as second argument.',
  D3100: (e) => `The base of $formatBase must be from 2 to 36, ${found(e)}.`,
  D3110: (e) => `$toMillis reads ISO 8601 timestamps, ${found(e)}. Give it a picture for other forms.`,
  D3120: (e) => `The text given to $eval is no expression: ${e.details.message}`,
  D3121: (e) => `The expression given to $eval failed: ${e.details.message}`,
  D3130: (e) => `Numbers cannot be written as a sequence beginning with ${shown(e.details.value)}.`,
  D3132: (e) => `The date picture has an unknown component ${shown(e.details.value)}.`,
  D3133: (e) => `Only months and days have names in a date picture, ${found(e)}.`,
  D3137: (e) => own(e),
  D3138: () => '$single found more than one match; exactly one is allowed.',
  D3139: () => '$single found no match; exactly one is needed.',
  D3140: (e) => `$${e.details.functionName} cannot read or write ${shown(e.details.value)} as part of a URL.`,
  D3141: (e) => own(e),
  match: (e) => `The pattern of a transform must find objects, ${found(e)}.`,
  symbol: (e) => `The symbol "${e.details.message}" of $formatNumber must be a single character, ${found(e)}.`,
  date: (e) => `Not a point in time: ${shown(e.details.value)} milliseconds.`,
};

/** One sentence on what an evaluation error means and what was found, with its code and place in the expression. */
export const describe = (error: unknown): string => {
  const known = asEvaluationError(error);
  if (!known) return error instanceof Error ? error.message : String(error);
  const text = messages[known.code]?.(known) ?? picture(known);
  const place = known.position === undefined ? '' : ` at character ${known.position}`;
  return `${text} (JSONata ${known.code}${place})`;
};

const picture = (error: EvaluationError): string =>
  /^D3(08|09|13)/.test(error.code)
    ? `The picture given to $${error.token} is wrong. See the function in the JSONata documentation.`
    : 'The expression failed.';
