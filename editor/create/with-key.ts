/** The object with one key set, in its place or at the end; undefined takes it away. The same object when nothing changes. */
export function withKey<T extends object>(object: T, key: string, value: unknown): T {
  const has = Object.hasOwn(object, key);
  if (value === undefined) {
    if (!has) return object;
    return Object.fromEntries(Object.entries(object).filter(([name]) => name !== key)) as T;
  }
  if (has && (object as { [key: string]: unknown })[key] === value) return object;
  return { ...object, [key]: value };
}
