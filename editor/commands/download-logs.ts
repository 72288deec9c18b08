import type { CommandContext, NodeCommand } from './command.ts';

/** Both logs, as a zip. */
export async function downloadAllLogs({ api, save, say }: CommandContext): Promise<void> {
  const { name, content } = await api.download('/api/logs/download?file=all');
  save(name, content);
  say(`${name} was downloaded.`);
}

/** user.log: what the workflows say. It is one file for all nodes. */
export const downloadLogs: NodeCommand = {
  id: 'download-logs',
  icon: 'download',
  right: 'view',
  label: () => 'Download Logs',
  value: () => 'user.log',
  async perform(_node, { api, save, say }) {
    const { name, content } = await api.download('/api/logs/download?file=user');
    save(name, content);
    say(`${name} was downloaded.`);
  },
};
