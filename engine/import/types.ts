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

/** Something to say about one place of the imported document. */
export interface ImportRemark {
  /** The address of what it became, such as `server/shop/get-items/join`; null where there is none. */
  resource: string | null;
  /** Where it stands in the imported document (RFC 6901). */
  pointer: string;
  message: string;
}

/** One thing that was not carried over, or not as it was. */
export type ImportWarning = ImportRemark;

export interface ImportResult {
  kind: ImportKind;
  /** Every one of them passes the check of documents. Servers are not active. */
  documents: ProjectDocuments;
  variables: { [name: string]: Json };
  warnings: ImportWarning[];
}

/** Faults of one document that are kept; the others are counted. */
export const mostFaults = 100;

/** Why nothing was imported. The message is that of the first fault, with its place and the number of the others. */
export class ImportFault extends Error {
  override readonly name = 'ImportFault';
  /** At least one, at most 100. A pointer is empty for the whole document, and where line and column say more. */
  readonly faults: readonly ImportRemark[];
  /** How many there are in all. */
  readonly count: number;
  /** Where the text stops being readable, from 1. */
  readonly line: number | undefined;
  readonly column: number | undefined;

  /**
   * @param faults one or more; a text is one about the document as a whole
   * @param about line and column, and how many faults there are where not all are given
   */
  constructor(
    faults: string | readonly ImportRemark[],
    about: { line?: number; column?: number; count?: number } = {},
  ) {
    const all = typeof faults === 'string' ? [{ resource: null, pointer: '', message: faults }] : faults;
    const count = about.count ?? all.length;
    const others = count - 1;
    const more = others === 0 ? '' : others === 1 ? ' There is 1 more fault.' : ` There are ${others} more faults.`;
    super(all.slice(0, 1).map(placed).join('') + more);
    this.faults = all.slice(0, mostFaults);
    this.count = count;
    this.line = about.line;
    this.column = about.column;
  }

  /** One fault at a place. */
  static at(pointer: string, message: string): ImportFault {
    return new ImportFault([{ resource: null, pointer, message }]);
  }
}

/** A remark with its place: `server/shop (/servers/0/port): …`. */
export function placed({ resource, pointer, message }: ImportRemark): string {
  const place = resource === null || pointer === '' ? (resource ?? pointer) : `${resource} (${pointer})`;
  return place === '' ? message : `${place}: ${message}`;
}
