import { useMemo } from 'react';
import type { Json, Operation } from '../../engine/document/types.ts';
import { useProject } from '../app/workspace-context.ts';
import { useDraftState, useSession, useSessionState } from '../canvas/session-context.ts';
import { FieldMemory } from '../forms/field-memory.ts';
import type { Form } from '../forms/form-context.ts';
import { ValueField } from '../forms/value-field.tsx';
import { pointerTo, type ValuePath } from '../forms/value-path.ts';
import { put } from '../graph/edits/index.ts';
import { type Scope, scopesAt } from '../graph/scopes.ts';
import type { OperationSession } from '../state/operation-session.ts';
import { dataBefore } from '../state/shown-run.ts';
import { pointerOfOperation } from './pointers.ts';

interface FormSource {
  /** Names it within the operation, as in `greet/input`. */
  id: string;
  /** Ends the label of an edit. */
  title: string;
  /** The node whose data can be referred to. */
  node: string | null;
  /** Where the form's value stands in the operation, as a JSON Pointer. */
  pointer: string;
  /** Changes the form's value within the operation. */
  within(operation: Operation, change: (value: Json | undefined) => Json | undefined): Operation;
}

/** A form over a part of the operation on screen: its changes are edits of the draft. */
export function useOperationForm(operation: Operation, { id, title, node, pointer, within }: FormSource): Form {
  const session = useSession();
  const { library } = useProject();
  const run = useSessionState((state) => state.run);
  const iterations = useSessionState((state) => state.iterations);
  const faults = useDraftState((state) => state.faults);
  const document_ = useDraftState((state) => state.document);

  const data = useMemo(
    () => (run === null || node === null ? undefined : dataBefore(run, node, iterations, operation)),
    [run, node, iterations, operation],
  );
  const scopes = useMemo(() => {
    const known = new Map<string, readonly Scope[]>();
    const kind = session.address.split('/')[0] as 'server' | 'service' | 'client';
    const hasResult = (action: string): boolean => library.get(action)?.output !== null;
    return (field: string): readonly Scope[] => {
      const found = known.get(field) ?? scopesAt(operation, kind, node, hasResult, field);
      known.set(field, found);
      return found;
    };
  }, [operation, session, node, library]);

  const base = `${pointerOfOperation(document_, operation.id) ?? ''}${pointer}`;
  return {
    id,
    title,
    data,
    memory: memoryOf(session),
    Part: ValueField,
    scopesAt: ([field]) => scopes(String(field ?? '')),
    change: (path: ValuePath, value: Json | undefined, label: string, merge?: string) =>
      session.edit(label, (before) => within(before, (whole) => put(whole, path, value)), merge),
    faultsAt(path, below) {
      const at = base + pointerTo(path);
      return faults.filter((fault) => fault.pointer === at || (below && fault.pointer.startsWith(`${at}/`)));
    },
    goTo: (action) => session.select(action),
  };
}

const memories = new WeakMap<OperationSession, FieldMemory>();

/** What was typed and had in the fields of an operation, as long as it is on screen. */
function memoryOf(session: OperationSession): FieldMemory {
  const known = memories.get(session);
  if (known !== undefined) return known;
  const made = new FieldMemory();
  memories.set(session, made);
  return made;
}
