import type { CommandContext, NodeCommand } from './command.ts';

/** Everything that is logged, of both files. */
export async function downloadAllLogs({ api, save, say }: CommandContext): Promise<void> {
  const { name, content } = await api.download('/api/logs/download?file=all');
  save(name, content);
  say(`${name} was downloaded.`);
}

/** What user.log holds of a node and of everything below it. */
export const downloadLogs: NodeCommand = {
  id: 'download-logs',
  icon: 'download',
  label: () => 'Download Logs',
  async perform(node, { api, save, say }) {
    const { content } = await api.download(`/api/logs/download?file=user&node=${encodeURIComponent(node.address)}`);
    const name = `${node.address.replaceAll('/', '-')}.log`;
    save(name, content);
    say(`${name} was downloaded.`);
  },
};
