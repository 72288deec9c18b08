import { quote } from '../../document/found.ts';
import type { Json } from '../../document/types.ts';
import type { Report } from '../report.ts';
import type { Source } from '../source.ts';
import { isSecretName } from './secrets.ts';

/** Whether a key of the settings, or of the whole configuration, holds the variables that every run sees. */
export const holdsVariables = (key: string): boolean => /^(?:global|global[-_ ]?variables?|variables?)$/i.test(key);

/** Variables by name; a list of objects that name themselves will do. */
export function addVariables(source: Source, variables: Map<string, Json>, report: Report): void {
  const entries: [string | undefined, Source][] =
    source.object === undefined
      ? source.items.map((item) => [
          item.at('name').filled ?? item.at('id').filled ?? item.at('key').filled,
          item.at('value'),
        ])
      : source.members;
  if (source.object === undefined && !Array.isArray(source.value) && !source.isEmpty) {
    report.warn(null, source, 'Variables must be an object of names and values; they are left out.');
  }
  for (const [name, member] of entries) {
    if (name === undefined || name === '') {
      report.warn(null, member, 'A variable needs a name; it is left out.');
      continue;
    }
    if (isSecretName(name) && !member.isEmpty) {
      report.warn(
        null,
        member,
        `The variable ${quote(name)} sounds like a secret, and anybody who may look at the project can read variables. Make it a secret.`,
      );
    }
    variables.set(name, member.value ?? null);
  }
}
