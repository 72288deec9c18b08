import { ActionFailure, describeValue, isPlainObject, type Plain } from '../kit/index.ts';
import { checkDepth, checkTotal } from '../support/bounds.ts';
import { openIdentities } from '../support/distinct.ts';
import { indexOfPart, parsePointer } from './pointer.ts';

const names = ['add', 'remove', 'replace', 'move', 'copy', 'test'];

// In items of arrays that are copied, one after the other: some tenths of a second.
const mostWork = 10_000_000;

/** Copying an object is more work than an array, most of all when it has many keys. */
const workOf = (object: object): number => {
  const { length } = Object.keys(object);
  return length > 100 ? length * 40 : length * 3;
};

const unknown = (part: string, where: string): ActionFailure =>
  new ActionFailure(
    'path-unknown',
    `${where} leads to ${describeValue(part)}, which the document does not have at that place`,
  );

const indexIn = (part: string, where: string, most: number): number => {
  const index = indexOfPart(part);
  if (index === undefined || index > most) throw unknown(part, where);
  return index;
};

const memberOf = (container: unknown, part: string, where: string): unknown => {
  if (Array.isArray(container)) return container[indexIn(part, where, container.length - 1)] ?? null;
  if (!isPlainObject(container) || !Object.hasOwn(container, part)) throw unknown(part, where);
  return container[part] ?? null;
};

/** How many members a value has in all, where what is shared counts each time; each part is looked at once. */
const openScale = () => {
  const known = new Map<object, number>();
  const weigh = (value: unknown, depth: number): number => {
    if (!Array.isArray(value) && !isPlainObject(value)) return 1;
    checkDepth(depth, 'patch');
    let weight = known.get(value);
    if (weight !== undefined) return weight;
    weight = 1;
    for (const member of Object.values(value)) weight += weigh(member, depth + 1);
    known.set(value, weight);
    return weight;
  };
  return (value: unknown): number => weigh(value, 0);
};

/** The document after all operations; only what lies on the way to a change is copied, the rest is shared. */
export const applyPatch = (document: unknown, patch: readonly unknown[]): unknown => {
  const identify = openIdentities('patch');
  const weigh = openScale();
  let work = 0;
  let copied = 0;
  const spend = (count: number): void => {
    work += count;
    if (work > mostWork) {
      throw new ActionFailure('input-invalid', '`patch` makes too much work for this document; apply it in parts');
    }
  };

  const read = (data: unknown, parts: readonly string[], where: string): unknown => {
    spend(parts.length + 1);
    let value = data;
    for (const part of parts) value = memberOf(value, part, where);
    return value;
  };
  const put = (container: unknown, part: string, value: unknown): unknown => {
    if (Array.isArray(container)) {
      spend(container.length);
      return container.with(Number(part), value);
    }
    spend(workOf(container as Plain));
    return { ...(container as Plain), [part]: value };
  };
  /** A copy with the container of the last part replaced by what `change` makes of it. */
  const update = (
    data: unknown,
    parts: readonly string[],
    where: string,
    change: (container: unknown, part: string) => unknown,
    at = 0,
  ): unknown => {
    spend(1);
    const part = parts[at] as string;
    if (at === parts.length - 1) return change(data, part);
    return put(data, part, update(memberOf(data, part, where), parts, where, change, at + 1));
  };

  const add = (data: unknown, parts: readonly string[], where: string, value: unknown): unknown => {
    if (parts.length === 0) return value;
    return update(data, parts, where, (container, part) => {
      if (Array.isArray(container)) {
        spend(container.length);
        const index = part === '-' ? container.length : indexIn(part, where, container.length);
        return container.toSpliced(index, 0, value);
      }
      if (!isPlainObject(container)) throw unknown(part, where);
      return put(container, part, value);
    });
  };
  const remove = (data: unknown, parts: readonly string[], where: string): unknown => {
    if (parts.length === 0) return null;
    return update(data, parts, where, (container, part) => {
      memberOf(container, part, where);
      if (Array.isArray(container)) {
        spend(container.length);
        return container.toSpliced(Number(part), 1);
      }
      spend(workOf(container as Plain));
      const { [part]: _, ...rest } = container as Plain;
      return rest;
    });
  };
  const replace = (data: unknown, parts: readonly string[], where: string, value: unknown): unknown => {
    if (parts.length === 0) return value;
    return update(data, parts, where, (container, part) => {
      memberOf(container, part, where);
      return put(container, part, value);
    });
  };

  const apply = (data: unknown, operation: unknown, name: string): unknown => {
    if (!isPlainObject(operation)) {
      throw new ActionFailure('input-invalid', `\`${name}\` must be an operation, found ${describeValue(operation)}`);
    }
    const { op } = operation;
    if (typeof op !== 'string' || !names.includes(op)) {
      throw new ActionFailure(
        'input-invalid',
        `\`${name}.op\` must be one of ${names.join(', ')}, found ${describeValue(op)}`,
      );
    }
    const where = `\`${name}.path\``;
    const parts = parsePointer(operation.path, where);
    if (op === 'remove') return remove(data, parts, where);
    if (op === 'move' || op === 'copy') {
      const origin = `\`${name}.from\``;
      const from = parsePointer(operation.from, origin);
      const value = read(data, from, origin);
      if (op === 'copy') {
        copied += weigh(value);
        checkTotal(copied, 'patch', 'members');
        return add(data, parts, where, value);
      }
      if (from.length < parts.length && from.every((part, index) => part === parts[index])) {
        throw new ActionFailure(
          'input-invalid',
          `${where} is inside of ${origin}; a value cannot be moved into itself`,
        );
      }
      return add(remove(data, from, origin), parts, where, value);
    }
    if (!Object.hasOwn(operation, 'value')) {
      throw new ActionFailure('input-invalid', `\`${name}.value\` is missing; ${op} needs one, and it may be null`);
    }
    const value = operation.value ?? null;
    if (op === 'add') return add(data, parts, where, value);
    if (op === 'replace') return replace(data, parts, where, value);
    const found = read(data, parts, where);
    if (identify(found) === identify(value)) return data;
    throw new ActionFailure(
      'test-failed',
      `\`${name}\` expects ${describeValue(value)} at its path, found ${describeValue(found)}`,
    );
  };

  return patch.reduce((data, operation, index) => apply(data, operation, `patch[${index}]`), document) ?? null;
};
