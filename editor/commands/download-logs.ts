import type { CommandContext } from './command.ts';

/** Both logs, as a zip. */
export async function downloadAllLogs({ api, save, say }: CommandContext): Promise<void> {
  const { name, content } = await api.download('/api/logs/download?file=all');
  save(name, content);
  say(`${name} was downloaded.`);
}
