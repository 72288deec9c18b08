/** What a line holds, or undefined when it is damaged. */
export function readJson<T>(line: string): T | undefined {
  try {
    return JSON.parse(line) as T;
  } catch {
    return undefined;
  }
}
