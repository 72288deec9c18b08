import { availableParallelism } from 'node:os';
import { found } from '../document/found.ts';
import type { JsonSchema } from '../document/shape.ts';
import { Refusal } from './fault.ts';

/** A kind of value that a setting may have: how it is read from JSON, and from the text of a flag or variable. */
export interface Kind<T> {
  /** What is allowed, in words. */
  readonly allowed: string;
  /** The setting's value. Throws a Refusal. */
  readonly read: (value: unknown) => T;
  /** What settings.json would hold for a text; anything that is no fit is for `read` to refuse. */
  readonly fromText: (text: string) => unknown;
  /** What is allowed, as far as JSON Schema can say it. */
  readonly schema: JsonSchema;
  /** A reference to a secret may stand for the whole value. */
  readonly referable?: true;
}

/** A reference to a stored secret, kept as it is until something needs the secret's value. */
export interface SecretReference {
  $secret: string;
}
export const referenceSchema: JsonSchema = {
  type: 'object',
  properties: { $secret: { type: 'string' } },
  required: ['$secret'],
  additionalProperties: false,
};

export const refuse = (allowed: string, value: unknown, below = ''): never => {
  throw new Refusal(below, `must be ${allowed}, found ${found(value)}`);
};

const kind = <T>(
  allowed: string,
  schema: JsonSchema,
  parse: (value: unknown) => T | undefined,
  fromText: Kind<T>['fromText'] = (text) => text,
): Kind<T> => ({
  allowed,
  schema,
  read: (value) => {
    const parsed = parse(value);
    return parsed === undefined ? refuse(allowed, value) : parsed;
  },
  fromText,
});

const numberFromText = (text: string): unknown => (/^-?\d+$/.test(text.trim()) ? Number(text) : text);

export const text = (): Kind<string> => ({
  ...kind('a text that is not empty', { anyOf: [{ type: 'string', pattern: '\\S' }, referenceSchema] }, (value) =>
    typeof value === 'string' && value.trim() !== '' ? value : undefined,
  ),
  referable: true,
});

/** The path of a file or folder; made absolute by whoever knows what it is relative to. */
export const path = (): Kind<string> =>
  kind('a path', { type: 'string', minLength: 1 }, (value) =>
    typeof value === 'string' && value !== '' && !value.includes('\0') ? value : undefined,
  );

/** Scheme, host and port of a site, without a path; given back as browsers write it. */
export const origin = (): Kind<string> =>
  kind(
    'an address such as https://sluice.example.com, without a path',
    { type: 'string', pattern: '^https?://' },
    (value) => {
      if (typeof value !== 'string' || !/^https?:\/\/[^/?#@\\\s]+\/?$/i.test(value) || !URL.canParse(value))
        return undefined;
      return new URL(value).origin;
    },
  );

export const integer = (least: number, most: number): Kind<number> =>
  kind(
    `a whole number from ${least} to ${most}`,
    { type: 'integer', minimum: least, maximum: most },
    (value) =>
      Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most
        ? (value as number)
        : undefined,
    numberFromText,
  );

export const boolean = (): Kind<boolean> =>
  kind(
    'true or false',
    { type: 'boolean' },
    (value) => (typeof value === 'boolean' ? value : undefined),
    (text) => ({ true: true, '1': true, false: false, '0': false })[text.trim().toLowerCase()] ?? text,
  );

export const choice = <const T extends string>(...words: readonly T[]): Kind<T> =>
  kind(`one of ${words.join(', ')}`, { type: 'string', enum: words }, (value) => words.find((word) => word === value));

const units: Readonly<Record<string, number>> = { '': 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3, t: 1024 ** 4 };

/** A size: a number of bytes, or a text such as 100m, with k, m, g and t as powers of 1,024. */
export const bytes = (least: number, most: string): Kind<number> => {
  const parse = (value: unknown): number | undefined => {
    if (Number.isSafeInteger(value)) return value as number;
    const match = typeof value === 'string' ? /^(\d{1,15})([kmgt]?)$/i.exec(value) : null;
    if (match === null) return undefined;
    return Number(match[1]) * (units[(match[2] ?? '').toLowerCase()] as number);
  };
  const highest = parse(most) as number;
  return kind(
    `a size from ${least} bytes to ${most}, such as 16384, 512k, 100m or 2g`,
    {
      anyOf: [
        { type: 'integer', minimum: least, maximum: highest },
        { type: 'string', pattern: '^\\d{1,15}[kmgtKMGT]?$' },
      ],
    },
    (value) => {
      const size = parse(value);
      return size !== undefined && size >= least && size <= highest ? size : undefined;
    },
    numberFromText,
  );
};

/** An age in days, written as 14d. A bare number is refused, since elsewhere it counts files. */
export const days = (least: number, most: number): Kind<number> =>
  kind(
    `an age from ${least}d to ${most}d, in days, such as 14d`,
    { type: 'string', pattern: '^\\d{1,6}[dD]$' },
    (value) => {
      const match = typeof value === 'string' ? /^(\d{1,6})d$/i.exec(value) : null;
      const age = match ? Number(match[1]) : Number.NaN;
      return age >= least && age <= most ? age : undefined;
    },
  );

/** A list of texts; in a flag or variable separated by commas, or as a JSON array. */
export const textList = (): Kind<string[]> => ({
  allowed: 'an array of texts',
  schema: { type: 'array', items: { type: 'string', minLength: 1 } },
  read: (value) => {
    if (!Array.isArray(value)) return refuse('an array of texts', value);
    return value.map((item, index) =>
      typeof item === 'string' && item !== '' ? item : refuse('a text that is not empty', item, `[${index}]`),
    );
  },
  fromText: (text) => {
    if (text.trim().startsWith('[')) return jsonFromText(text);
    return text.split(',').flatMap((item) => item.trim() || []);
  },
});

/** A number of processes; `auto` is one per core. */
export const processes = (most: number): Kind<number> =>
  kind(
    `a whole number from 1 to ${most}, or auto`,
    { anyOf: [{ type: 'integer', minimum: 1, maximum: most }, { const: 'auto' }] },
    (value) => {
      if (value === 'auto') return Math.min(most, availableParallelism());
      return Number.isSafeInteger(value) && (value as number) >= 1 && (value as number) <= most
        ? (value as number)
        : undefined;
    },
    numberFromText,
  );

export const isSecretReference = (value: unknown): value is SecretReference =>
  typeof value === 'object' &&
  value !== null &&
  Object.keys(value).length === 1 &&
  typeof (value as Partial<SecretReference>).$secret === 'string';

export const jsonFromText = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
};
