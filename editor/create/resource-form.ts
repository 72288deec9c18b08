import { useMemo } from 'react';
import { useStore } from 'zustand';
import { checkDocument } from '../../engine/document/check.ts';
import type { Json, Resource, ResourceKind } from '../../engine/document/types.ts';
import type { ResourceDraft } from '../state/resource-draft.ts';
import { type FaultNotes, notesOf } from './fault-notes.ts';
import { withKey } from './with-key.ts';

type Fields = { readonly [key: string]: Json | undefined };

/** What the fields of a resource's form share: the document, what is wrong with it, and how to change a key of it. */
export interface ResourceForm {
  name: string;
  kind: ResourceKind;
  id: string;
  document: Fields;
  /** What is wrong at a place of the document (RFC 6901), as one types. */
  notes(pointer: string): FaultNotes;
  /** Sets one key; undefined takes it away. */
  set(key: string, value: unknown): void;
}

/** The form of a resource that is edited; null while there is no document. */
export function useResourceForm(draft: ResourceDraft): ResourceForm | null {
  const document = useStore(draft.state, (state) => state.document);
  const saved = useStore(draft.state, (state) => state.faults);
  const [kind, id] = draft.name.split('/') as [ResourceKind, string];
  const own = useMemo(() => (document === null ? [] : checkOwn(kind, document)), [kind, document]);
  if (document === null) return null;
  const places = [...own, ...saved.filter(({ pointer }) => !pointer.startsWith('/operations/'))];
  return {
    name: draft.name,
    kind,
    id,
    document: document as unknown as Fields,
    notes: notesOf(places),
    set: (key, value) =>
      draft.edit(
        { label: `Change ${key} of ${id}`, operation: null },
        (before) => withKey(before, key, value),
        `field:${key}`,
      ),
  };
}

// The operations have forms of their own, and checking a thousand actions with every key would be felt.
const checkOwn = (kind: ResourceKind, document: Resource) =>
  checkDocument(kind, 'operations' in document ? { ...document, operations: [] } : document, { file: '' });
