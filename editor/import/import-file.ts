import type { ApiClient } from '../api/client.ts';

/** What an import made, as the engine tells it. */
export interface ImportAnswer {
  /** Names of everything that the file held: `server/hello`, `api/pets`, `variables`. */
  imported: string[];
  /** Those that took the place of something different. */
  replaced: string[];
  /** Those that were there already, just so. */
  unchanged: string[];
  /** What could not be carried over, item by item. */
  warnings: { resource: string | null; pointer: string; message: string }[];
  /** null when everything was there already. */
  revision: number | null;
}

/** Bytes that an import may have, as the engine takes them. */
export const mostBytes = 64 * 1024 * 1024;

/**
 * Takes a file into the project: all of it, or nothing.
 * @param replace what is there under the same id and different is replaced
 * @throws ApiProblem when the engine refuses it, with every fault, or does not answer
 */
export async function importFile(
  api: ApiClient,
  file: File,
  replace: boolean,
  stop: AbortSignal,
): Promise<ImportAnswer> {
  const isYaml = /\.ya?ml$/i.test(file.name) || /yaml/.test(file.type);
  const query = new URLSearchParams({ name: file.name, ...(replace && { replace: 'true' }) });
  const type = isYaml ? 'application/yaml' : 'application/json';
  return api.upload<ImportAnswer>(`/api/project/import?${query}`, type, await file.text(), stop);
}
