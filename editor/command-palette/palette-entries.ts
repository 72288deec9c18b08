import type { Operation, Workflow } from '../../engine/document/types.ts';
import type { AppCommand } from '../commands/command.ts';
import type { LiveSnapshot } from '../state/live-project.ts';
import type { IconName } from '../ui/icon.tsx';

/** Something that the command palette leads to. */
export interface PaletteEntry {
  id: string;
  icon: IconName;
  label: string;
  /** At the right: an address, or what is in force. */
  note: string;
  group: string;
  /** What is searched besides the label. */
  keywords: string;
  keys?: string | undefined;
  whyNot?: string | undefined;
  /** The path of the screen that it leads to; a command has `command` instead. */
  path?: string;
  command?: AppCommand;
}

export const commandEntries = (commands: readonly AppCommand[]): PaletteEntry[] =>
  commands.map((command) => ({
    id: `command:${command.id}`,
    icon: command.icon,
    label: command.label,
    note: command.note ?? '',
    group: command.group,
    keywords: command.keywords ?? '',
    keys: command.keys?.[0],
    whyNot: command.whyNot?.(),
    command,
  }));

const screens: readonly (readonly [path: string, label: string, icon: IconName])[] = [
  ['/servers', 'Servers', 'server'],
  ['/apis', 'APIs', 'api'],
  ['/services', 'Services', 'service'],
  ['/clients', 'Clients', 'client'],
  ['/settings', 'Settings', 'settings'],
  ['/settings/logs', 'Settings: Logs', 'settings'],
  ['/settings/users', 'Settings: Users', 'user'],
  ['/settings/secrets', 'Settings: Secrets', 'secret'],
  ['/settings/variables', 'Settings: Variables', 'variable'],
  ['/history', 'History', 'history'],
];

export const screenEntries: readonly PaletteEntry[] = screens.map(([path, label, icon]) => ({
  id: `screen:${path}`,
  icon,
  label,
  note: '',
  group: 'Screens',
  keywords: 'go to open',
  path,
}));

/** Every server, service, client, operation and action of the live project. */
export function projectEntries({ servers, services, clients }: LiveSnapshot): PaletteEntry[] {
  const entries: PaletteEntry[] = [];
  for (const [kind, list] of [
    ['server', servers],
    ['service', services],
    ['client', clients],
  ] as const)
    for (const resource of list) {
      const folder = `/${kind}s/${encodeURIComponent(resource.id)}`;
      entries.push({
        id: `${kind}/${resource.id}`,
        icon: kind,
        label: resource.title || resource.id,
        note: `${kind}/${resource.id}`,
        group: `${kind.charAt(0).toUpperCase()}${kind.slice(1)}s`,
        keywords: 'port' in resource ? `:${resource.port}` : '',
        path: folder,
      });
      for (const operation of (resource.operations ?? []) as readonly Operation[]) {
        const address = `${kind}/${resource.id}/${operation.id}`;
        const path = `${folder}/${encodeURIComponent(operation.id)}`;
        const entry = 'method' in operation ? `${operation.method} ${operation.path}` : '';
        entries.push({
          id: address,
          icon: 'steps',
          label: operation.title || operation.id,
          note: address,
          group: 'Operations',
          keywords: entry,
          path,
        });
        for (const { id, title, action } of actionsIn(operation.workflow))
          entries.push({
            id: `${address}/${id}`,
            icon: 'open',
            label: title || id,
            note: `${address}/${id}`,
            group: 'Nodes',
            keywords: action,
            path: `${path}?node=${encodeURIComponent(id)}`,
          });
      }
    }
  return entries;
}

interface Named {
  id: string;
  title?: string | undefined;
  action: string;
}

/** The actions of a workflow and of all that is nested in it. */
function actionsIn(workflow: Workflow): Named[] {
  const found: Named[] = [];
  const look = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if ('action' in value && 'id' in value && typeof value.action === 'string' && typeof value.id === 'string')
      found.push(value as Named);
    for (const member of Object.values(value)) look(member);
  };
  look(workflow);
  return found;
}

/**
 * How well an entry fits what was typed, from 0 (not at all): every word must occur; in the label it counts more than
 * elsewhere, at the start of a word more than within one.
 */
function fitOf({ label, note, keywords, group }: PaletteEntry, words: readonly string[]): number {
  let fit = 1;
  const [name, rest] = [label.toLowerCase(), `${note} ${keywords} ${group}`.toLowerCase()];
  for (const word of words) {
    const at = name.indexOf(word);
    if (at === 0) fit += 8;
    else if (at > 0) fit += /\W/.test(name.charAt(at - 1)) ? 6 : 4;
    else if (rest.includes(word)) fit += 1;
    else return 0;
  }
  return fit;
}

/** The entries that fit a search, best first; no more than `most`. */
export function search(entries: readonly PaletteEntry[], text: string, most: number): PaletteEntry[] {
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0) return entries.slice(0, most);
  return entries
    .map((entry, index) => ({ entry, index, fit: fitOf(entry, words) }))
    .filter(({ fit }) => fit > 0)
    .sort((a, b) => b.fit - a.fit || a.index - b.index)
    .slice(0, most)
    .map(({ entry }) => entry);
}
