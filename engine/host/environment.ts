/** The environment variables whose names fit a pattern; `*` stands for any text. */
export function exposedVariables(environment: NodeJS.ProcessEnv, patterns: readonly string[]): Record<string, string> {
  const matchers = patterns.map((pattern) => {
    const [head = '', ...rest] = pattern.split('*');
    return (name: string) =>
      rest.length === 0
        ? name === head
        : name.startsWith(head) && rest.every((part) => name.includes(part)) && name.endsWith(rest.at(-1) as string);
  });
  const shown: Record<string, string> = {};
  for (const [name, value] of Object.entries(environment)) {
    if (value !== undefined && matchers.some((matches) => matches(name))) shown[name] = value;
  }
  return Object.freeze(shown);
}
