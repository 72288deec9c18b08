import type { Ajv, Format, FuncKeywordDefinition, Options, ValidateFunction } from 'ajv';
import type { FieldSchema } from '../../kit/index.ts';
import { type Decimal, writtenDecimal } from '../../support/decimal.ts';
import { openIdentities } from '../../support/distinct.ts';
import { library } from '../../support/library.ts';
import { openPattern } from '../../support/pattern.ts';
import { step, withSteps } from './budget.ts';

const draft07 = library<typeof import('ajv')>('ajv');
const draft2020 = library<typeof import('ajv/dist/2020.js')>('ajv/dist/2020.js');
const formats = library<typeof import('ajv-formats/dist/formats.js')>('ajv-formats/dist/formats.js');

export type Draft = '2020-12' | 'draft-07';

// Some formats take the square of their length.
const longestFormatted = 4_096;

const isShort = (text: string): boolean => text.length <= longestFormatted;

const shortOnly = (format: Format): Format => {
  if (format instanceof RegExp) return (text: string) => isShort(text) && format.test(text);
  if (typeof format === 'function') return (text: string) => isShort(text) && format(text);
  return format;
};

// Measured in turns of a small loop. Most characters take one turn, those of a bad text for a large pattern many.
const compiling = { pattern: 600, character: 100, instruction: 25 };
const matching = { text: 4, instruction: 1 / 24 };

/** Time in proportion to the text, which strangers choose. */
const regExp = Object.assign(
  (source: string) => {
    step(compiling.pattern + compiling.character * source.length);
    const pattern = openPattern(source, '', 'schema');
    step(compiling.instruction * pattern.size);
    const ofCharacter = 1 + pattern.size * matching.instruction;
    return {
      test: (text: string) => {
        step(matching.text + text.length * ofCharacter);
        return pattern.test(text, 'data');
      },
      toString: () => source,
    };
  },
  { code: 'linear' },
);

const allDiffer = (items: readonly unknown[]): boolean => {
  step(items.length);
  const identify = openIdentities('data');
  const seen = new Set<unknown>();
  for (const item of items) {
    const before = seen.size;
    if (seen.add(identify(item)).size === before) return false;
  }
  return true;
};

/** By the numbers as they are written: 19.99 is a multiple of 0.01, though the doubles are not. */
const isMultiple = (value: number, factor: number): boolean => {
  if (Number.isSafeInteger(value) && Number.isSafeInteger(factor)) return value % factor === 0;
  if (!Number.isFinite(value)) return false;
  step(20);
  const [dividend, divisor] = [writtenDecimal(value), writtenDecimal(factor)];
  const exponent = Math.min(dividend.exponent, divisor.exponent);
  const scaled = ({ digits, exponent: own }: Decimal): bigint => digits * 10n ** BigInt(own - exponent);
  return scaled(dividend) % scaled(divisor) === 0n;
};

type DataValidateFunction = ReturnType<NonNullable<FuncKeywordDefinition['compile']>>;

const multipleOf = (factor: number): DataValidateFunction => {
  const check: DataValidateFunction = (value: number) => {
    if (isMultiple(value, factor)) return true;
    check.errors = [
      { keyword: 'multipleOf', params: { multipleOf: factor }, message: `must be multiple of ${factor}` },
    ];
    return false;
  };
  return check;
};

const openAjv = (draft: Draft, allErrors: boolean): Ajv => {
  const options: Options = {
    strict: false,
    allErrors,
    logger: false,
    // Otherwise `constructor` would be there in every object.
    ownProperties: true,
    inlineRefs: false,
    code: { regExp, process: withSteps },
  };
  const ajv = draft === 'draft-07' ? new (draft07().Ajv)(options) : new (draft2020().Ajv2020)(options);
  ajv.removeKeyword('uniqueItems');
  ajv.addKeyword({
    keyword: 'uniqueItems',
    type: 'array',
    schemaType: 'boolean',
    validate: (wanted: boolean, items: unknown[]) => !wanted || allDiffer(items),
    error: { message: 'must NOT have duplicate items' },
  });
  ajv.removeKeyword('multipleOf');
  ajv.addKeyword({ keyword: 'multipleOf', type: 'number', schemaType: 'number', compile: multipleOf, errors: true });
  for (const [name, format] of Object.entries(formats().fullFormats)) {
    // Not a format of JSON Schema, and slow.
    if (name !== 'url') ajv.addFormat(name, name === 'byte' ? format : shortOnly(format));
  }
  return Object.assign(ajv, { step }) as unknown as Ajv;
};

// What a validator compiled leaves something behind in it, so that it is given up after so many schemas.
const mostCompiled = 200;
const opened = new Map<string, { ajv: Ajv; compiled: number }>();

/** Throws whatever the validator throws about a schema. */
export const compileWith = (draft: Draft, allErrors: boolean, schema: FieldSchema): ValidateFunction => {
  const kind = `${draft} ${allErrors}`;
  let current = opened.get(kind);
  if (current === undefined || current.compiled >= mostCompiled) {
    current = { ajv: openAjv(draft, allErrors), compiled: 0 };
    opened.set(kind, current);
  }
  current.compiled += 1;
  try {
    return current.ajv.compile(schema);
  } finally {
    // The next schema may have the same $id. Not to add it in the first place would leave `#` unresolved.
    if (typeof schema === 'object') current.ajv.removeSchema(schema);
  }
};
