import { ActionFailure, describeValue, isPlainObject, type Plain } from '../kit/index.ts';
import { checkTotal } from '../support/bounds.ts';
import { childOf } from '../support/path.ts';

interface Rule {
  readonly path?: string;
  readonly value?: unknown;
  readonly default?: unknown;
  readonly each?: Plain;
}

const deepest = 20;

const refuse = (problem: string): never => {
  throw new ActionFailure('input-invalid', problem);
};

const nameOf = (key: string): string => (key.length > 60 ? `a key of ${key.length} characters` : JSON.stringify(key));

/** `a.b\.c.0` as a, b.c and 0; an empty text is no keys at all. */
const keysOf = (path: string): string[] =>
  path === ''
    ? []
    : (path.match(/(?:^|\.)(?:\\.|[^.\\])*/gs) ?? []).map((part, index) =>
        (index === 0 && !part.startsWith('.') ? part : part.slice(1)).replace(/\\(.)/gs, '$1'),
      );

const readAt = (data: unknown, path: string, whole: unknown): unknown => {
  const absolute = path === '$' || path.startsWith('$.');
  let value = absolute ? whole : data;
  for (const key of keysOf(absolute ? path.slice(2) : path)) {
    value = childOf(value, Array.isArray(value) && /^-?\d{1,9}$/.test(key) ? Number(key) : key);
  }
  return value ?? null;
};

const ruleOf = (source: unknown, target: string): Rule => {
  if (typeof source === 'string') return { path: source };
  const keys = isPlainObject(source) ? Object.keys(source) : [];
  if (
    !isPlainObject(source) ||
    !keys.every((key) => key === 'path' || key === 'value' || key === 'default' || key === 'each') ||
    Object.hasOwn(source, 'path') === Object.hasOwn(source, 'value') ||
    (Object.hasOwn(source, 'path') && typeof source.path !== 'string') ||
    (Object.hasOwn(source, 'each') && !isPlainObject(source.each))
  ) {
    return refuse(
      `\`mapping\` must have a path as text, or an object with either path or value, and maybe default and each, at ${nameOf(target)}, found ${describeValue(source)}`,
    );
  }
  return source as Rule;
};

/** Members by key while the result is built; no value is ever one of these. */
type Tree = Map<string, Tree | { readonly value: unknown }>;

const put = (tree: Tree, target: string, value: unknown): void => {
  const keys = keysOf(target);
  if (keys.length === 0) refuse('`mapping` has an empty key; it must be the path to write to');
  let branch = tree;
  for (const [index, key] of keys.entries()) {
    const child = branch.get(key);
    const isLast = index === keys.length - 1;
    if (child !== undefined && (isLast || !(child instanceof Map))) {
      refuse(`\`mapping\` writes to ${nameOf(target)} and also above or below it; leave one of them out`);
    }
    if (isLast) {
      branch.set(key, { value });
    } else {
      const next: Tree = child instanceof Map ? child : new Map();
      branch.set(key, next);
      branch = next;
    }
  }
};

const objectOf = (tree: Tree): Plain =>
  Object.fromEntries([...tree].map(([key, child]) => [key, child instanceof Map ? objectOf(child) : child.value]));

/** Builds an object as the mapping says. `leaveOut` leaves out what is null. */
export const mapData = (data: unknown, mapping: Plain, leaveOut: boolean): Plain => {
  let made = 0;
  const build = (part: unknown, rules: Plain, depth: number): Plain => {
    if (depth > deepest) refuse(`\`mapping\` has \`each\` inside of \`each\` more than ${deepest} times`);
    const tree: Tree = new Map();
    for (const [target, source] of Object.entries(rules)) {
      made += 1;
      checkTotal(made, 'mapping', 'members');
      const rule = ruleOf(source, target);
      const value = (rule.path === undefined ? rule.value : valueAt(part, rule, target, depth)) ?? rule.default ?? null;
      if (value !== null || !leaveOut) put(tree, target, value);
    }
    return objectOf(tree);
  };
  const valueAt = (part: unknown, { path = '', each }: Rule, target: string, depth: number): unknown => {
    const value = readAt(part, path, data);
    if (each === undefined || value === null) return value;
    if (!Array.isArray(value)) {
      return refuse(
        `\`data\` must have an array where \`each\` of ${nameOf(target)} looks, found ${describeValue(value)}`,
      );
    }
    return value.map((item) => build(item, each, depth + 1));
  };
  return build(data, mapping, 0);
};
