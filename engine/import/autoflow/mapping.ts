import { quote } from '../../document/found.ts';
import type { Json } from '../../document/types.ts';
import type { Source } from '../source.ts';
import type { Around } from './around.ts';

type Keys = { [key: string]: Json };

/** The keys of an ObjectMapping. */
interface Mapped {
  values: Keys;
  /** What takes the place of a value that is null. */
  defaults: Keys;
  /** Keys that are left out while there is nothing to put there. */
  excluded: string[];
}

/**
 * An ObjectMapping: an object of keys and values, in which a value that is null gives way to `default`, and a key with
 * `exclude` is left out while there is nothing to put there. A literal object where both can be told beforehand.
 */
export function convertMapping(source: Source, around: Around): Json {
  const { values, defaults, excluded } = mappedKeys(source, around);
  if (Object.keys(defaults).length === 0 && excluded.length === 0) return values;
  // Every value is evaluated once, into a variable, since it may perform steps.
  const variable = 'object-mapping';
  const mapping = {
    id: around.ids.give('mapping'),
    action: 'variable/set',
    input: { value: { values, defaults, excluded } },
  };
  return {
    $do: { actions: [{ ...mapping, output: ['variables', variable] }], output: { $jsonata: filled(variable) } },
  };
}

const filled = (variable: string): string =>
  `($m := variables.\`${variable}\`; ` +
  '$defaults := $sift($m.defaults, function($d, $key) { $lookup($m.values, $key) = null }); ' +
  '$merge([{}, $sift($merge([$m.values, $defaults]), function($v, $key) { $v != null or $not($key in $m.excluded) })]))';

function mappedKeys(source: Source, around: Around): Mapped {
  const { report, node } = around;
  warnOfOthers(source, ['__struct__', 'values', 'title'], around);
  const mapped = { values: new Map<string, Json>(), defaults: new Map<string, Json>(), excluded: new Set<string>() };
  const list = source.at('values');
  for (const [key, member] of list.members) mapped.values.set(key, around.convert(member, around));
  for (const item of list.items) addKey(item, mapped, around);
  if (list.object === undefined && !Array.isArray(list.value) && !list.isEmpty) {
    report.warn(node, list, 'An object mapping needs a list of keys and values; it becomes an empty object.');
  }
  return {
    values: Object.fromEntries(mapped.values),
    defaults: Object.fromEntries(mapped.defaults),
    excluded: [...mapped.excluded],
  };
}

function addKey(
  source: Source,
  mapped: { values: Map<string, Json>; defaults: Map<string, Json>; excluded: Set<string> },
  around: Around,
): void {
  const { report, node } = around;
  const name = source.at('key').value;
  if (typeof name !== 'string' && typeof name !== 'number') {
    report.warn(node, source, 'An entry of an object mapping needs a key that is a text; it is left out.');
    return;
  }
  const key = String(name);
  warnOfOthers(source, ['__struct__', 'key', 'value', 'default', 'exclude', 'title'], around);
  if (mapped.values.has(key)) {
    report.warn(node, source, `The key ${quote(key)} of an object mapping is there twice; the last one counts.`);
    mapped.values.delete(key);
    mapped.defaults.delete(key);
    mapped.excluded.delete(key);
  }
  const exclude = source.at('exclude');
  if (!exclude.isEmpty) {
    const taken = exclude.value === true ? '' : ', which is taken as true';
    report.warn(node, exclude, `The key ${quote(key)} has "exclude"${taken}: it is left out while its value is null.`);
  }
  const value = around.convert(source.at('value'), around);
  const fallback = around.convert(source.at('default'), around);
  if (!isConstant(value)) {
    mapped.values.set(key, value);
    if (fallback !== null) mapped.defaults.set(key, fallback);
    if (!exclude.isEmpty && (fallback === null || !isConstant(fallback))) mapped.excluded.add(key);
    return;
  }
  const kept = value ?? fallback;
  if (kept === null && !exclude.isEmpty) return;
  mapped.values.set(key, kept);
  if (!exclude.isEmpty && !isConstant(kept)) mapped.excluded.add(key);
}

function warnOfOthers(source: Source, known: readonly string[], { report, node }: Around): void {
  for (const [key, member] of source.members) {
    if (known.includes(key) || member.isEmpty) continue;
    report.warn(node, member, `${quote(key)} of an object mapping has no counterpart; it is left out.`);
  }
}

/** Whether a converted value is surely the same in every run, and not null if it is an object. */
const isConstant = (value: Json): boolean => {
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(([key, member]) => !key.startsWith('$') && isConstant(member));
};
