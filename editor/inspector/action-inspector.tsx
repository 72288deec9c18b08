import { useMemo } from 'react';
import type { ActionAnswer } from '../../engine/control/api/library.ts';
import type { Action, Json, Operation } from '../../engine/document/types.ts';
import { EditGuardBox } from '../app/edit-guard.tsx';
import { useProject } from '../app/workspace-context.ts';
import { useSchemaOfCall } from '../canvas/use-faults.ts';
import { FieldList } from '../forms/field-list.tsx';
import type { FieldSchema } from '../forms/field-schema.ts';
import { FormContext } from '../forms/form-context.ts';
import { Fault } from '../forms/frames.tsx';
import { withArguments } from '../graph/call-arguments.ts';
import { updateAction } from '../graph/edits/index.ts';
import { ActionHead } from './action-head.tsx';
import { ActionSettings } from './action-settings.tsx';
import { CheckOutput } from './check-output.tsx';
import { pointerOfAction } from './pointers.ts';
import { useOperationForm } from './use-form.ts';

/** One action: its input as a form made from the library, where its result goes, and how it is performed. */
export function ActionInspector({ operation, action }: { operation: Operation; action: Action }) {
  const { library } = useProject();
  const definition = library.get(action.action);
  const { id } = action;
  const pointer = useMemo(
    () =>
      pointerOfAction(
        operation,
        id,
        (name, field) => (library.get(name)?.input.properties[field] as FieldSchema | undefined)?.format === 'schema',
      ) ?? '',
    [operation, id, library],
  );
  const form = useOperationForm(operation, {
    id: `${id}/input`,
    title: action.title || id,
    node: id,
    pointer: `${pointer}/input`,
    within: (before, change) =>
      updateAction(before, id, (own) => {
        const input = change(own.input) as Action['input'];
        if (input === own.input) return own;
        if (input !== undefined) return { ...own, input };
        const { input: _, ...others } = own;
        return others;
      }),
  });
  const schemaOf = useSchemaOfCall();
  const input = useMemo(
    () => definition && withArguments(definition.input, action.input, schemaOf),
    [definition, action.input, schemaOf],
  );
  return (
    <div className="insp" data-hears="document">
      <ActionHead action={action} />
      <EditGuardBox className="insp-body">
        {definition === undefined && library.size > 0 && (
          <Fault
            severity="warning"
            message={`There is no action ${action.action} in the library. What it has is kept; a run fails when it gets here.`}
          />
        )}
        <FormContext value={form}>
          <FieldList
            properties={(input?.properties ?? {}) as { [field: string]: FieldSchema }}
            required={input?.required ?? []}
            value={(action.input ?? {}) as { [field: string]: Json }}
            empty={definition === undefined ? '' : 'It takes no input.'}
          />
          {form
            .faultsAt([], false)
            .filter(isNoNeed(definition))
            .map((fault) => (
              <Fault key={fault.message} {...fault} />
            ))}
        </FormContext>
        <ActionSettings operation={operation} action={action} pointer={pointer} />
      </EditGuardBox>
      <CheckOutput node={id} operation={operation} />
    </div>
  );
}

/** That a field is needed stands beside it already. */
const isNoNeed =
  (definition: ActionAnswer | undefined) =>
  ({ message }: { message: string }): boolean =>
    !(definition?.input.required ?? []).some((field) => message.includes(`needs the field "${field}"`));
