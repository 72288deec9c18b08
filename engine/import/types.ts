import type { CheckContext } from '../document/check-context.ts';
import type { Json } from '../document/types.ts';
import type { ProjectDocuments } from '../wire/messages.ts';

export type ImportKind = 'sluice' | 'autoflow' | 'openapi';

export interface ImportOptions {
  /** Name of the file; the source of ids and titles where the text itself has none, and `.yaml` tells its form. */
  name?: string | undefined;
  context: CheckContext;
  /** What the project holds already: its ports are avoided, and addresses into it lead somewhere. */
  existing?: ProjectDocuments | undefined;
}

/** One thing that was not carried over, or not as it was. */
export interface ImportWarning {
  /** The address of what it became, such as `server/shop/get-items/join`; null where there is none. */
  resource: string | null;
  /** Where it stands in the imported document (RFC 6901). */
  pointer: string;
  message: string;
}

export interface ImportResult {
  kind: ImportKind;
  /** Every one of them passes the check of documents. Servers are not active. */
  documents: ProjectDocuments;
  variables: { [name: string]: Json };
  warnings: ImportWarning[];
}

/** Why nothing was imported. */
export class ImportFault extends Error {
  override readonly name = 'ImportFault';
  /** Where in the imported document, as RFC 6901 has it; empty for the whole of it, and where line and column say more. */
  readonly pointer: string;
  /** Where the text stops being readable, from 1. */
  readonly line: number | undefined;
  readonly column: number | undefined;

  constructor(message: string, place: { pointer?: string; line?: number; column?: number } = {}) {
    super(message);
    this.pointer = place.pointer ?? '';
    this.line = place.line;
    this.column = place.column;
  }
}
