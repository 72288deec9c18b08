import { useMemo, useRef } from 'react';
import type { Action, Json, Operation } from '../../engine/document/types.ts';
import { useProject } from '../app/workspace-context.ts';
import { useResources } from '../drafts/use-drafts.ts';
import { inputsOf, type SchemaOfCall } from '../graph/call-arguments.ts';
import { faultsByAction } from '../graph/faults-by-action.ts';
import { faultsWith } from './node-data.ts';
import { useDraftState } from './session-context.ts';

/** What the operations of services take, drafts before what is live. The same function as long as no input is another. */
export function useSchemaOfCall(): SchemaOfCall {
  const services = useResources('service');
  const known = useRef<ReadonlyMap<string, Json>>(undefined);
  known.current = inputsOf(services, known.current);
  const inputs = known.current;
  return useMemo(() => (address: string) => inputs.get(address), [inputs]);
}

/** Why the actions of an operation cannot run yet: what they lack, and what the engine found in the draft. */
export function useFaults(operation: Operation): (action: Action) => readonly string[] {
  const { library } = useProject();
  const schemaOf = useSchemaOfCall();
  const found = useDraftState((state) => state.faults);
  const document_ = useDraftState((state) => state.document);
  const known = useRef<{ text: string; said: ReadonlyMap<string, readonly string[]> }>(undefined);
  const operations = document_ !== null && 'operations' in document_ ? (document_.operations ?? []) : [];
  const index = (operations as readonly { id: string }[]).findIndex(({ id }) => id === operation.id);
  const now = faultsByAction(operation, `/operations/${index}`, found);
  // Most edits change nothing about them, and then no node is drawn again.
  const text = JSON.stringify([...now]);
  if (known.current?.text !== text) known.current = { text, said: now };
  const { said } = known.current;
  return useMemo(() => faultsWith(library, schemaOf, said), [library, schemaOf, said]);
}
