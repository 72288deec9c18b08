/** The object with another value for a key, in its place or at the end; undefined takes the key away. */
export function withKey<T extends object, K extends keyof T>(object: T, key: K, value: T[K] | undefined): T {
  if (object[key] === value) return object;
  if (value !== undefined) return { ...object, [key]: value };
  const { [key]: _, ...others } = object;
  return others as T;
}
