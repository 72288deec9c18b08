import type { SettingAnswer } from '../../engine/control/settings-store.ts';
import { grouped } from '../ui/grouped.ts';

/** A part of the Settings screen; its id stands in the address bar. */
export interface Section {
  id: string;
  title: string;
  /** Which keys it shows, by how they begin; none for a part that is not about keys. */
  keys: readonly string[];
}

export const sections: readonly Section[] = [
  { id: 'general', title: 'General', keys: ['name', 'host', 'port', 'publicUrl', 'portOffset', 'dataDir', 'bootFile'] },
  { id: 'logs', title: 'Logs', keys: ['logs.'] },
  { id: 'store', title: 'Store', keys: ['store.'] },
  { id: 'limits', title: 'Limits', keys: ['limits.', 'workers'] },
  { id: 'outside', title: 'Outside World', keys: ['outgoing.', 'restricted.', 'env.', 'metrics.', 'webhooks', 'otel'] },
  { id: 'users', title: 'Users', keys: [] },
  { id: 'tokens', title: 'Tokens', keys: [] },
  { id: 'secrets', title: 'Secrets', keys: [] },
  { id: 'variables', title: 'Variables', keys: [] },
  { id: 'about', title: 'About', keys: [] },
];

const isIn = ({ keys }: Section, key: string): boolean =>
  keys.some((start) => (start.endsWith('.') ? key.startsWith(start) : key === start));

/** Keys that no section names would not be seen; they stand in the first one. */
export const sectionOf = (key: string): Section =>
  sections.find((section) => isIn(section, key)) ?? (sections[0] as Section);

/** The keys of a section, under the headings that their names give them. */
export const groupsOf = (section: Section, answers: readonly SettingAnswer[]): Map<string, SettingAnswer[]> =>
  grouped(
    answers.filter(({ key }) => sectionOf(key) === section),
    ({ key }) => headingOf(key),
  );

const headings: readonly [start: string, heading: string][] = [
  ['logs.rotation.', 'Files'],
  ['logs.redact.', 'What is never written'],
  ['logs.capture', 'Captures'],
  ['logs.max', 'Long values'],
  ['logs.', 'What is written'],
  ['store.', 'What is kept'],
  ['limits.', 'Of a run'],
  ['workers', 'Processes'],
  ['outgoing.', 'Calls of actions'],
  ['restricted.', 'What actions may do'],
  ['env.', 'What workflows see'],
  ['metrics.', 'What others see'],
];

const headingOf = (key: string): string =>
  headings.find(([start]) => key.startsWith(start))?.[1] ?? 'This installation';

const labels: { readonly [key: string]: string } = {
  'logs.level': 'Minimum level',
  'logs.stdout': 'Standard output',
  'logs.usage': 'Usage records',
  'logs.rotation.maxSize': 'Largest file',
  'logs.rotation.maxFiles': 'Oldest file',
  'logs.rotation.maxTotal': 'All files together',
  'logs.rotation.minFree': 'Space that stays free',
  'logs.maxValueBytes': 'Longest value',
  'logs.maxDepth': 'Deepest value',
  'logs.maxKeys': 'Most members',
  'logs.redact.names': 'Redacted names',
  'logs.redact.patterns': 'Redacted patterns',
  'logs.captureAll': 'Every run',
  'logs.captureErrors': 'Failed runs',
  'logs.captureSlowMs': 'Slow runs',
  'logs.captureMemory': 'Memory of a worker',
  'outgoing.private': 'Private addresses',
  'outgoing.allow': 'Always allowed',
  'outgoing.deny': 'Never allowed',
  'env.expose': 'Exposed variables',
  'metrics.public': 'Metrics without a token',
  otel: 'OpenTelemetry',
  publicUrl: 'Public address',
  dataDir: 'Data folder',
};

/** What a key is called: a name of its own, or its last part, `limits.callDepth` as `Call depth`. */
export function labelOf(key: string): string {
  if (labels[key] !== undefined) return labels[key];
  const words = (key.split('.').at(-1) as string).replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Keys with the values that they shall have, as the part of settings.json that PUT takes. */
export function partOf(changes: ReadonlyMap<string, unknown>): { [key: string]: unknown } {
  const part: { [key: string]: unknown } = {};
  for (const [key, value] of changes) {
    const names = key.split('.');
    const last = names.pop() as string;
    let at = part;
    for (const name of names) {
      at[name] ??= {};
      at = at[name] as { [key: string]: unknown };
    }
    at[last] = value;
  }
  return part;
}
