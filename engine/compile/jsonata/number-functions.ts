import { frozenTime, LimitReached, limits } from './budget.ts';
import { EvaluationError } from './fault.ts';
import { borrowed, native } from './library.ts';
import { checkDatePicture, checkPicture, checkTimestamp } from './pictures.ts';
import { keysOf, type Native, type Plain } from './value.ts';

type Args = readonly unknown[];

const checkFinite = ([value]: Args): void => {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new EvaluationError('D1001', { value });
};

const words = ['infinity', 'NaN', 'percent', 'per-mille', 'minus-sign'];

/** Of $formatNumber: separators and digits are single characters; the library would never end otherwise. */
const checkSymbols = (symbols: unknown): void => {
  for (const name of keysOf(symbols)) {
    const symbol = (symbols as Plain)[name];
    const longest = words.includes(name) ? limits.width : 1;
    if (typeof symbol !== 'string' || symbol === '' || symbol.length > longest) {
      throw new EvaluationError('symbol', { value: symbol, message: name });
    }
  }
};

const checkNumberPicture = (args: Args): void => {
  checkFinite(args);
  checkPicture(args[1]);
};

const checkDate = ([millis, picture]: Args): void => {
  if (typeof millis === 'number' && Number.isNaN(new Date(millis).getTime()))
    throw new EvaluationError('date', { value: millis });
  checkDatePicture(picture);
};

// Beyond this, Roman numerals are longer than anyone reads.
const greatestRoman = 1_000_000;

const now =
  (fromMillis: Native): Native['run'] =>
  ([picture, timezone], context, frame) =>
    fromMillis.run([frozenTime(), picture, timezone], context, frame);

/** The functions of numbers and dates. */
export const numberFunctions = (): Native[] => [
  borrowed('number'),
  borrowed('floor'),
  borrowed('ceil'),
  borrowed('round'),
  borrowed('abs'),
  borrowed('sqrt'),
  borrowed('power'),
  borrowed('random'),
  borrowed('error'),
  borrowed('assert'),
  borrowed('formatBase', checkFinite),
  borrowed('formatNumber', (args) => {
    checkNumberPicture(args);
    checkSymbols(args[2]);
  }),
  borrowed('formatInteger', (args) => {
    checkNumberPicture(args);
    const [value, picture] = args;
    if (/^[iI](;|$)/.test(String(picture)) && Math.abs(value as number) > greatestRoman) {
      throw new LimitReached('size', `${value} is too large to be written in Roman numerals`);
    }
  }),
  borrowed('parseInteger', ([, picture]) => checkPicture(picture)),
  borrowed('toMillis', ([timestamp, picture]) => checkTimestamp(timestamp, picture)),
  borrowed('fromMillis', checkDate),
  native('now', now(borrowed('fromMillis', checkDate))),
  native('millis', () => frozenTime()),
];
