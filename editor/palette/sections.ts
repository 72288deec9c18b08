import type { IconName } from '../ui/icon.tsx';
import type { Entry } from './rank.ts';

/** Actions of a kind, folded in the palette. */
export interface Group {
  id: string;
  title: string;
  icon: IconName;
  entries: readonly Entry[];
}

export interface Section {
  title: string;
  /** Shown by themselves, above the groups. */
  entries: readonly Entry[];
  groups: readonly Group[];
}

interface Sort {
  title: string;
  icon: IconName;
  /** Categories, or the first parts of them. */
  categories: readonly string[];
}

/** What control flow needs every day. */
const everyDay = [
  'conditional/if',
  'conditional/switch',
  'conditional/try',
  'iteration/map',
  'iteration/for-each',
  'iteration/filter',
  'flow/parallel',
  'variable/set',
];

const sorts: readonly { title: string; groups: readonly Sort[] }[] = [
  {
    title: 'Flow',
    groups: [
      { title: 'Branches', icon: 'container', categories: ['conditional'] },
      { title: 'Loops', icon: 'loop', categories: ['iteration'] },
      { title: 'Timing and limits', icon: 'timer', categories: ['flow', 'thread'] },
      { title: 'Variables and scopes', icon: 'variable', categories: ['variable', 'scope'] },
    ],
  },
  {
    title: 'Data',
    groups: [
      { title: 'Arrays', icon: 'arrays', categories: ['array'] },
      { title: 'Strings', icon: 'text', categories: ['string'] },
      { title: 'Objects', icon: 'objects', categories: ['object', 'hash-table'] },
      { title: 'Numbers', icon: 'hash', categories: ['number', 'integer', 'float', 'math', 'random'] },
      { title: 'Comparisons', icon: 'comparison', categories: ['condition'] },
      { title: 'Dates and times', icon: 'calendar', categories: ['datetime'] },
      { title: 'JSON, XML, CSV', icon: 'api', categories: ['data', 'jsonata', 'compression'] },
      { title: 'Identifiers', icon: 'key', categories: ['uuid'] },
      { title: 'Security', icon: 'lock', categories: ['security'] },
    ],
  },
  {
    title: 'Calls',
    groups: [
      { title: 'Services', icon: 'service', categories: ['service', 'api'] },
      { title: 'HTTP', icon: 'globe', categories: ['http', 'webhook'] },
      { title: 'Databases', icon: 'database', categories: ['database', 'sql', 'mongodb', 'redis'] },
      { title: 'Messaging', icon: 'send', categories: ['kafka', 'mqtt', 'amqp', 'email', 'messaging'] },
      { title: 'Files', icon: 'file', categories: ['file'] },
      { title: 'Logs', icon: 'log', categories: ['syslog'] },
      { title: 'Server', icon: 'server', categories: ['server', 'config', 'organization', 'system'] },
    ],
  },
];

const groupIcons = new Map(
  sorts.flatMap(({ groups }) => groups.flatMap(({ icon, categories }) => categories.map((id) => [id, icon] as const))),
);

const ownIcons: { readonly [action: string]: IconName } = {
  'conditional/try': 'shield',
  'conditional/switch': 'fork',
  'conditional/match': 'fork',
  'iteration/filter': 'filter',
  'flow/parallel': 'parallel',
  'flow/race': 'parallel',
  'flow/retry': 'replay',
  'system/log': 'log',
  'system/async': 'parallel',
  'system/command': 'terminal',
  'scope/raise': 'warn',
  'data/validation': 'valid',
};

/** The picture of an action, by what it is or by its category. */
export const iconOfAction = (action: string): IconName =>
  ownIcons[action] ?? groupIcons.get(action.slice(0, Math.max(0, action.indexOf('/')))) ?? 'steps';

const flow = new Set(sorts[0]?.groups.flatMap(({ categories }) => categories));

/** Whether an action decides what runs, and how often. */
export const isFlow = ({ id }: Pick<Entry, 'id'>): boolean => flow.has(id.split('/', 1)[0] as string);

/** The library in the order of the palette. Categories that nobody sorted stand last, under their own names. */
export function sectionsOf(library: ReadonlyMap<string, Entry>): Section[] {
  const left = new Map<string, Entry[]>();
  for (const entry of library.values()) {
    const first = entry.category.split('/', 1)[0] as string;
    const category = left.get(first);
    if (category === undefined) left.set(first, [entry]);
    else category.push(entry);
  }
  const sections = sorts.map(({ title, groups }): Section => {
    const filled = groups.map(({ title: name, icon, categories }): Group => {
      const entries = categories.flatMap((category) => left.get(category) ?? []);
      for (const category of categories) left.delete(category);
      return { id: name, title: name, icon, entries };
    });
    return {
      title,
      entries: title === 'Flow' ? everyDay.flatMap((id) => library.get(id) ?? []) : [],
      groups: filled.filter(({ entries }) => entries.length > 0),
    };
  });
  const others = [...left].map(
    ([category, entries]): Group => ({
      id: category,
      title: category,
      icon: 'steps',
      entries,
    }),
  );
  if (others.length > 0) sections.push({ title: 'Others', entries: [], groups: others });
  return sections;
}
