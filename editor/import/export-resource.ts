import { folders } from '../../engine/document/layout.ts';
import type { Resource, ResourceKind } from '../../engine/document/types.ts';
import { ApiProblem } from '../api/problem.ts';
import type { CommandContext } from '../commands/command.ts';

/** The form of exports that this version of the engine writes and reads. */
const currentForm = 1;

/**
 * Hands one resource to the person as a file that the import takes: what is live, or its draft where it never was.
 * @param name as in `server/hello` or `api/pets`
 * @throws ApiProblem when the engine refuses or does not answer
 */
export async function exportResource({ api, drafts, save, say }: CommandContext, name: string): Promise<void> {
  const [kind, id] = name.split('/') as [ResourceKind, string];
  const document = await api.get<Resource>(`/api/${folders[kind]}/${encodeURIComponent(id)}`).catch((thrown) => {
    const draft = drafts.of(name).state.getState().document;
    if (draft !== null && thrown instanceof ApiProblem && thrown.status === 404) return draft;
    throw thrown;
  });
  const file = `${id}.${kind}.json`;
  save(file, new Blob([exportText(kind, document)], { type: 'application/json' }));
  say(`${file} was downloaded.`);
}

/** A project that holds one resource. */
const exportText = (kind: ResourceKind, document: Resource): string =>
  `${JSON.stringify({ sluice: currentForm, [folders[kind]]: [document] }, null, 2)}\n`;
