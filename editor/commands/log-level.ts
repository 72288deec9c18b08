import type { NodeCommand } from './command.ts';

/** The lowest level that is written of a node and all in it. */
export const logLevel: NodeCommand = {
  id: 'log-level',
  icon: 'level',
  right: 'operate',
  needsLive: true,
  label: () => 'Log Level…',
  value({ address, logLevel: { effective, from } }) {
    if (from === address) return effective;
    return `${effective}, from ${from === null ? 'settings' : (from.split('/')[from.split('/').length === 3 ? 2 : 0] as string)}`;
  },
  perform: ({ address }, { ask }) => ask({ dialog: 'log-level', address }),
};
