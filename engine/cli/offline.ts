import { openDataFolder } from '../control/data-folder.ts';
import { ProjectStore } from '../control/project/store.ts';
import { Variables } from '../control/variables.ts';
import type { CheckContext } from '../document/check-context.ts';

/** A project whose engine does not run, for changes by commands. */
export interface Offline {
  readonly store: ProjectStore;
  readonly variables: Variables;
  close(): Promise<void>;
}

/**
 * Takes a data folder for a command, as the engine would; no engine can start there until it is closed.
 * @throws DataFolderFault when it cannot be used
 */
export async function openOffline(dataDir: string, context: CheckContext): Promise<Offline> {
  const folder = await openDataFolder(dataDir);
  const variables = Variables.open({ dataDir: folder.path });
  const store = await ProjectStore.open(folder.path, context, variables);
  return { store, variables, close: () => folder.close() };
}
