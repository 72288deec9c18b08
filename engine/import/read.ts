import { convertAutoflow } from './autoflow/project.ts';
import { kindOf } from './kind.ts';
import { convertOpenapi } from './openapi/project.ts';
import { parseText } from './parse.ts';
import { settle } from './settle.ts';
import { readSluice } from './sluice.ts';
import { Source } from './source.ts';
import { ImportFault, type ImportOptions, type ImportResult } from './types.ts';

/**
 * Reads a document of one of the kinds that can be imported. All or nothing: what comes back passes the check of
 * documents as it is. The same text gives the same documents, ids included.
 * @throws ImportFault when its kind cannot be told, or nothing of it can be used
 */
export function readImport(text: string, { name, context, existing }: ImportOptions): ImportResult {
  const root = Source.root(parseText(text, name));
  const kind = kindOf(root);
  if (kind === 'sluice') return { kind, ...readSluice(root, context) };
  const converted =
    kind === 'autoflow' ? convertAutoflow(root, context, existing) : convertOpenapi(root, name, existing);
  const { documents, warnings } = settle(converted.documents, context, converted.origins);
  const isEmpty =
    Object.values(documents).every((list) => list.length === 0) && Object.keys(converted.variables).length === 0;
  if (isEmpty) {
    const [first] = converted.report.warnings;
    const why = first === undefined ? 'It holds no API, server, service or client.' : first.message;
    throw ImportFault.at(first?.pointer ?? '', `There is nothing in the document that can be imported. ${why}`);
  }
  return { kind, documents, variables: converted.variables, warnings: [...converted.report.warnings, ...warnings] };
}
