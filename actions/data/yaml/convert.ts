import type * as Yaml from 'yaml';
import type { Plain } from '../../kit/index.ts';
import { bounds } from '../../support/bounds.ts';

/** The library takes several frames of the stack for each level. */
export const deepest = 500;

type Fail = (problem: string, offset: number) => never;

/** How much something is when every alias is written out. */
interface Sizes {
  values: number;
  characters: number;
}

interface Converted extends Sizes {
  value: unknown;
}

/**
 * Plain data from the nodes of a document. The library's own conversion looks for the anchor of every alias anew, and
 * lets repeated keys pass. What aliases share stays shared, but counts each time, so that it can be written out later.
 * `total` is what other documents of the text come to, and grows.
 */
export const convert = (yaml: typeof import('yaml'), contents: unknown, total: Sizes, fail: Fail): unknown => {
  const anchors = new Map<string, Converted | 'open'>();
  const count = (values: number, characters: number, offset: number): void => {
    total.values += values;
    total.characters += characters;
    if (total.values > bounds.items) {
      fail(`\`aliases\` and values come to more than ${bounds.items} values, which is the most that is read`, offset);
    }
    if (total.characters > bounds.text) {
      fail(`\`aliases\` and texts come to more than ${bounds.text} characters, which is the most that is read`, offset);
    }
  };
  const convertNode = (node: unknown, depth: number): unknown => {
    const offset = (node as Yaml.Node | null)?.range?.[0] ?? 0;
    if (depth > deepest) fail(`is nested deeper than ${deepest} levels, which is the most that is read`, offset);
    if (yaml.isAlias(node)) {
      const target = anchors.get(node.source);
      if (target === undefined) return fail('has an alias without an anchor before it', offset);
      if (target === 'open') return fail('has an alias inside of the value that it stands for', offset);
      count(target.values, target.characters, offset);
      return target.value;
    }
    const anchor = (node as Yaml.Scalar | Yaml.YAMLMap | Yaml.YAMLSeq | null)?.anchor;
    if (anchor !== undefined) anchors.set(anchor, 'open');
    const { values, characters } = total;
    count(1, lengthOf(node), offset);
    const value = yaml.isMap(node)
      ? Object.fromEntries(entriesOf(node, depth))
      : yaml.isSeq(node)
        ? node.items.map((item) => convertNode(item, depth + 1))
        : scalarOf(node, offset);
    if (anchor !== undefined) {
      anchors.set(anchor, { value, values: total.values - values, characters: total.characters - characters });
    }
    return value;
  };
  const lengthOf = (node: unknown): number => {
    const value = yaml.isScalar(node) ? node.value : null;
    return typeof value === 'string' || value instanceof Uint8Array ? value.length : 0;
  };
  const scalarOf = (node: unknown, offset: number): unknown => {
    const value = yaml.isScalar(node) ? node.value : null;
    if (typeof value === 'number' && !Number.isFinite(value)) {
      return fail('has a number that data cannot hold, such as .inf or .nan', offset);
    }
    return value instanceof Uint8Array ? Uint8Array.from(value) : value;
  };
  const entriesOf = (map: Yaml.YAMLMap, depth: number): Map<string, unknown> => {
    const entries = new Map<string, unknown>();
    const merged = new Map<string, unknown>();
    for (const { key, value } of map.items) {
      const offset = (key as Yaml.Node | null)?.range?.[0] ?? 0;
      if (isMergeKey(key)) {
        const sources = convertNode(value, depth + 1);
        for (const source of Array.isArray(sources) ? sources : [sources]) {
          if (typeof source !== 'object' || source === null || Array.isArray(source) || source instanceof Uint8Array) {
            return fail('has a merge key << whose value is no mapping', offset);
          }
          const members = Object.entries(source as Plain);
          count(members.length, 0, offset);
          for (const [name, member] of members) if (!merged.has(name)) merged.set(name, member);
        }
        continue;
      }
      const name = keyOf(key, offset);
      count(0, name.length, offset);
      if (entries.has(name)) fail('has the same key twice in one mapping', offset);
      entries.set(name, convertNode(value, depth + 1));
    }
    for (const [name, member] of merged) if (!entries.has(name)) entries.set(name, member);
    return entries;
  };
  const isMergeKey = (key: unknown): boolean =>
    yaml.isScalar(key) && key.type === 'PLAIN' && (key.value === '<<' || typeof key.value === 'symbol');
  const keyOf = (key: unknown, offset: number): string => {
    if (yaml.isScalar(key)) return String(key.value ?? '');
    const target = yaml.isAlias(key) ? anchors.get(key.source) : undefined;
    return typeof target === 'object' && typeof target.value === 'string'
      ? target.value
      : fail('has a key that is no text', offset);
  };
  return convertNode(contents, 0);
};
