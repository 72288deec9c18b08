/** What is asked for, taken apart. An `and` of nothing fits everything. */
export type Query =
  | { readonly kind: 'and' | 'or'; readonly of: readonly Query[] }
  | { readonly kind: 'not'; readonly of: Query }
  /** Anywhere in a value; in lower case. */
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'field';
      readonly field: string;
      /** Keys below the field; `*` is any key or index. */
      readonly path: readonly PathPart[];
      readonly test: ValueTest;
    };

export type PathPart = string | typeof anyPart;
/** Any key of an object, any item of a list. */
export const anyPart = Symbol('*');

export type Comparison = '>' | '>=' | '<' | '<=';

/** What a value must be. Texts are in lower case. */
export type ValueTest =
  /** `number` is what the text means as a number; NaN when it is none. */
  | { readonly is: 'equal'; readonly text: string; readonly number: number }
  | { readonly is: 'containing'; readonly text: string; readonly number: number }
  /** What stands between the wildcards, each of which may be any characters. */
  | { readonly is: 'like'; readonly parts: readonly string[] }
  /** There, and not null. */
  | { readonly is: 'present' }
  /** The address, or one below it. */
  | { readonly is: 'within'; readonly address: string }
  /** `5xx` */
  | { readonly is: 'class'; readonly hundreds: number }
  | {
      readonly is: 'compared';
      readonly how: Comparison;
      readonly by: 'number' | 'time' | 'level';
      /** For times milliseconds since 1970, for levels their rank. */
      readonly than: number;
    };

/** A query that cannot be understood: where, what was found, and what to do. */
export class QueryFault extends Error {
  constructor(
    /** Of the character where it goes wrong, counted from 1. */
    readonly column: number,
    readonly reason: string,
  ) {
    super(`Column ${column}: ${reason}`);
  }
}
