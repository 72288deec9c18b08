import type { Json } from '../document/types.ts';
import type { ProjectDocuments } from '../wire/messages.ts';
import type { Report } from './report.ts';

/** What became of a foreign document, before it is checked. */
export interface Converted {
  readonly documents: ProjectDocuments;
  readonly variables: { [name: string]: Json };
  readonly report: Report;
  /** Pointers into the imported document by address. */
  readonly origins: ReadonlyMap<string, string>;
}
