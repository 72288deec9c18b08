import type { Json, Resource } from '../../engine/document/types.ts';
import { type DocumentPlace, placeOfPointer } from '../state/draft-words.ts';

/** A place as a person names it: the action or operation, then what it is in it. `within` is the operation that was named before. */
export function PlaceText({
  place: { action, operation, field },
  within = null,
}: {
  place: DocumentPlace;
  within?: string | null;
}) {
  const thing = action ?? (operation === within && field !== '' ? null : operation);
  return (
    <>
      {thing !== null && <code className="draft-thing">{thing}</code>}
      {thing !== null && field !== '' && ': '}
      {field !== '' && <code>{field}</code>}
    </>
  );
}

export const placeInWords = (document: Resource, pointer: string) => (
  <PlaceText place={placeOfPointer(document as unknown as Json, pointer)} />
);
