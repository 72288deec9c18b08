import { Command } from 'cmdk';
import { Dialog as Parts } from 'radix-ui';
import { useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { useProject, useWorkspace } from '../app/workspace-context.ts';
import { grouped } from '../ui/grouped.ts';
import { Icon } from '../ui/icon.tsx';
import { Keys } from '../ui/keys.tsx';
import './command-palette.css';
import { commandEntries, type PaletteEntry, projectEntries, screenEntries, search } from './palette-entries.ts';

/** More are not read; a further word makes them fewer. */
const most = 60;

/** Every screen, node and command by a few letters. */
export function CommandPalette({ onClose }: { onClose(): void }) {
  const { registry, go } = useWorkspace();
  const project = useProject();
  const commands = useStore(registry.commands);
  const [text, setText] = useState('');
  const entries = useMemo(
    () => [...commandEntries(commands), ...screenEntries, ...projectEntries(project)],
    [commands, project],
  );
  const groups = useMemo(() => grouped(search(entries, text, most), ({ group }) => group), [entries, text]);
  const [chosen, setChosen] = useState('');
  // What fits best stands first, and is what Enter takes.
  const first = groups.values().next().value?.[0]?.id ?? '';
  const isThere = [...groups.values()].some((found) => found.some(({ id }) => id === chosen));
  const choose = ({ path, command }: PaletteEntry): void => {
    onClose();
    // The dialog gives the focus back first; what the command opens takes it then.
    setTimeout(() => (path === undefined ? command?.perform() : go(path)));
  };
  return (
    <Parts.Root open onOpenChange={(open) => !open && onClose()}>
      <Parts.Portal>
        <Parts.Overlay className="scrim" />
        <Parts.Content className="dialog palette-dialog" aria-describedby={undefined}>
          <Parts.Title className="vh">Command palette</Parts.Title>
          <Command
            label="Command palette"
            shouldFilter={false}
            loop
            value={isThere ? chosen : first}
            onValueChange={setChosen}
          >
            <div className="palette-search">
              <Icon name="search" />
              <Command.Input
                value={text}
                onValueChange={(next) => {
                  setText(next);
                  setChosen('');
                }}
                placeholder="A screen, a node, a command"
                autoFocus
              />
              <kbd className="kbd">Esc</kbd>
            </div>
            <p role="status" className={groups.size === 0 ? 'palette-empty' : 'vh'}>
              {groups.size === 0 && `Nothing has “${text}” in its name, address or action.`}
            </p>
            <Command.List className="palette-list" label="What fits" hidden={groups.size === 0}>
              {[...groups].map(([group, found]) => (
                <Command.Group key={group} heading={group}>
                  {found.map((entry) => (
                    <Command.Item
                      key={entry.id}
                      value={entry.id}
                      disabled={entry.whyNot !== undefined}
                      onSelect={() => choose(entry)}
                      title={entry.whyNot}
                    >
                      <Icon name={entry.icon} size={14} />
                      <span className="cut">{entry.label}</span>
                      <span className="palette-note cut">{entry.whyNot ?? entry.note}</span>
                      {entry.keys !== undefined && <Keys keys={entry.keys} />}
                    </Command.Item>
                  ))}
                </Command.Group>
              ))}
            </Command.List>
          </Command>
        </Parts.Content>
      </Parts.Portal>
    </Parts.Root>
  );
}
