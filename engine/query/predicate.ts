import { rankOfLevel } from './fields.ts';
import { finder } from './finder.ts';
import { anyPart, type Comparison, type PathPart, type Query, type ValueTest } from './query.ts';
import { leavesOf, likeTest, textOf } from './texts.ts';
import { numberOf, timeOfText } from './value-test.ts';
import { hasLeaf, insidesOf } from './wrapped.ts';

/** A log record as its JSON says it, or the head of a run. */
export type Subject = { readonly [key: string]: unknown };

/** A subject that is being looked at; what several terms need is made once. */
class Looked {
  private lower: string[] | null = null;

  constructor(readonly subject: Subject) {}

  get texts(): string[] {
    this.lower ??= leavesOf(this.subject).map((leaf) => textOf(leaf).toLowerCase());
    return this.lower;
  }
}

type Test = (looked: Looked) => boolean;

/** Makes the test for a query. It never throws, and takes time in proportion to the subject. */
export function createPredicate(query: Query): (subject: Subject) => boolean {
  const test = testOf(query);
  return (subject) => test(new Looked(subject));
}

function testOf(query: Query): Test {
  if (query.kind === 'text') {
    const find = finder(query.text);
    return ({ texts }) => texts.some((text) => find(text) >= 0);
  }
  if (query.kind === 'field') {
    const { field, path, test } = query;
    if (test.is === 'present') return ({ subject }) => valuesAt(fieldOf(subject, field), path).some(isThere);
    const fits = leafTest(test);
    // Of a text that was cut only the beginning is known.
    const fitsHead = test.is === 'equal' ? leafTest({ ...test, is: 'containing' }) : fits;
    return ({ subject }) => valuesAt(fieldOf(subject, field), path).some((value) => hasLeaf(value, fits, fitsHead));
  }
  if (query.kind === 'not') {
    const inner = testOf(query.of);
    return (looked) => !inner(looked);
  }
  const tests = query.of.map(testOf);
  return query.kind === 'and'
    ? (looked) => tests.every((test) => test(looked))
    : (looked) => tests.some((test) => test(looked));
}

const isThere = (value: unknown): boolean => value !== null && value !== undefined;

const own = (value: object, key: string): unknown => (Object.hasOwn(value, key) ? (value as Subject)[key] : undefined);

/** What a subject has under a field, or what follows from its other keys; undefined for nothing. */
export function fieldOf(subject: Subject, field: string): unknown {
  const value = own(subject, field);
  if (value !== undefined) return value;
  if (field === 'level') return levelOfRun(subject);
  const node = own(subject, 'node');
  if (typeof node !== 'string') return undefined;
  const [kind, id, operation] = node.split('/', 3);
  if (field === 'operation') return operation;
  // Requests are what servers answer; a run says its type itself.
  if (field === 'type') return kind === 'server' ? 'http' : kind;
  return field === kind ? id : undefined;
}

/** Runs have no level of their own; undefined for what is no run. */
export function levelOfRun(subject: Subject): 'error' | 'warning' | 'info' | undefined {
  const state = own(subject, 'state');
  if (state === undefined) return undefined;
  const status = Number(own(subject, 'status') ?? 0);
  if (state === 'failed' || state === 'interrupted' || status >= 500) return 'error';
  return state === 'cancelled' || status >= 400 ? 'warning' : 'info';
}

/** What a path leads to, also through what the log wraps values in: several values where a part of it is any key. */
function valuesAt(value: unknown, path: readonly PathPart[]): unknown[] {
  let values = [value];
  for (const part of path) {
    const reached = values.flatMap(insidesOf).flatMap((each) => {
      if (typeof each !== 'object' || each === null) return [];
      if (part === anyPart) return Object.values(each);
      // The length of a list is no key of its data.
      if (Array.isArray(each) && !/^\d+$/.test(part)) return [];
      return Object.hasOwn(each, part) ? [own(each, part)] : [];
    });
    // Several ways may lead to one value.
    values = [...new Set(reached)];
  }
  return values;
}

function leafTest(test: ValueTest): (leaf: unknown) => boolean {
  switch (test.is) {
    case 'equal':
      return (leaf) => isEqual(leaf, test);
    case 'containing': {
      const find = finder(test.text);
      return (leaf) => (typeof leaf === 'number' ? isEqual(leaf, test) : find(textOf(leaf).toLowerCase()) >= 0);
    }
    case 'like': {
      const isLike = likeTest(test.parts);
      return (leaf) => isLike(textOf(leaf).toLowerCase());
    }
    case 'within':
      return (leaf) => {
        const address = textOf(leaf).toLowerCase();
        return address === test.address || address.startsWith(`${test.address}/`);
      };
    case 'class':
      return (leaf) => typeof leaf === 'number' && Math.floor(leaf / 100) === test.hundreds;
    case 'compared': {
      const measure = measures[test.by];
      return (leaf) => isOrdered(measure(leaf), test.how, test.than);
    }
    default:
      return isThere;
  }
}

const isEqual = (leaf: unknown, { text, number }: { text: string; number: number }): boolean =>
  typeof leaf === 'number' && !Number.isNaN(number) ? leaf === number : textOf(leaf).toLowerCase() === text;

/** NaN for what cannot be compared so. */
const measures: { readonly [by in 'number' | 'time' | 'level']: (leaf: unknown) => number } = {
  number: (leaf) => (typeof leaf === 'number' ? leaf : typeof leaf === 'string' ? numberOf(leaf) : Number.NaN),
  time: (leaf) => (typeof leaf === 'string' ? timeOfText(leaf) : Number.NaN),
  level: (leaf) => {
    const rank = rankOfLevel(leaf);
    return rank < 0 ? Number.NaN : rank;
  },
};

function isOrdered(value: number, how: Comparison, than: number): boolean {
  if (how === '>') return value > than;
  if (how === '>=') return value >= than;
  return how === '<' ? value < than : value <= than;
}
