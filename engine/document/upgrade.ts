import { found } from './found.ts';
import type { Place } from './place.ts';

/** The form of documents that this version writes; a document without `schema` has form 1. */
export const currentSchema = 1;

/** Whether a document was written by a newer version: it is refused, and its file must not be written. */
export const isNewer = (schema: unknown): boolean => Number.isSafeInteger(schema) && (schema as number) > currentSchema;

/** Reports a form that this version cannot read. Answers whether it can. */
export function checkSchemaVersion(schema: unknown, place: Place): boolean {
  if (schema === undefined || (Number.isSafeInteger(schema) && (schema as number) >= 1 && !isNewer(schema)))
    return true;
  if (isNewer(schema)) {
    place.error(
      `The document has schema ${schema}, this version knows up to ${currentSchema}. Use the Sluice that wrote it; the file is left as it is.`,
    );
  } else {
    place.error(`"schema" must be ${currentSchema}, found ${found(schema)}.`);
  }
  return false;
}
