import type { CommandContext } from './command.ts';

/** Empties user.log and usage.log and removes their predecessors. Cannot be undone, so whoever calls it asks first. */
export async function clearLogs({ api, say }: CommandContext): Promise<void> {
  await api.delete('/api/logs');
  say('The logs are cleared.');
}
