import { clearedLogs } from '../state/cleared-logs.ts';
import type { CommandContext } from './command.ts';

/** Empties user.log and usage.log and removes their predecessors. Cannot be undone, so whoever calls it asks first. */
export async function clearLogs({ api, say }: Pick<CommandContext, 'api' | 'say'>): Promise<void> {
  await api.delete('/api/logs');
  clearedLogs.setState((count) => count + 1, true);
  say('The logs are cleared.');
}
