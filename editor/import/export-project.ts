import type { CommandContext } from '../commands/command.ts';

/**
 * Hands the whole live project to the person as a file that the import takes. Secrets are not in it.
 * @throws ApiProblem when the engine refuses or does not answer
 */
export async function exportProject({ api, save, say }: CommandContext): Promise<void> {
  const project = await api.get<unknown>('/api/project');
  const file = `sluice-project-${new Date().toISOString().slice(0, 10)}.json`;
  save(file, new Blob([`${JSON.stringify(project, null, 2)}\n`], { type: 'application/json' }));
  say(`${file} was downloaded. Drafts and secrets are not in it.`);
}
