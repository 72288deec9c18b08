import { useEffect, useState } from 'react';
import type { Action, Json, Operation } from '../../engine/document/types.ts';
import { useSession } from '../canvas/session-context.ts';
import type { FieldSchema } from '../forms/field-schema.ts';
import { FormContext } from '../forms/form-context.ts';
import { Fault } from '../forms/frames.tsx';
import { allActions, renameAction, updateAction } from '../graph/edits/index.ts';
import { Icon } from '../ui/icon.tsx';
import { IdField } from './id-field.tsx';
import { MockSettings } from './mock-settings.tsx';
import { OutputPlace } from './output-place.tsx';
import { useOperationForm } from './use-form.ts';
import { withKey } from './with-key.ts';

const longestMs = 2_147_483_647;
const settings: { readonly [name: string]: FieldSchema } = {
  enabled: { type: 'boolean', default: true, description: 'A run passes over an action that is not enabled.' },
  timeoutMs: {
    type: 'integer',
    minimum: 1,
    maximum: longestMs,
    title: 'Timeout',
    description: 'Milliseconds until it fails with timeout.',
  },
  attempts: {
    type: 'integer',
    minimum: 1,
    maximum: 100,
    title: 'Attempts',
    description: 'How often it is tried, the first time included.',
  },
  backoffMs: {
    type: 'integer',
    minimum: 0,
    maximum: 3_600_000,
    title: 'Wait between attempts',
    description: 'Milliseconds before the second attempt.',
  },
};

/** Where the result of an action goes, and how it is performed. */
export function ActionSettings({
  operation,
  action,
  pointer,
}: {
  operation: Operation;
  action: Action;
  pointer: string;
}) {
  const { id } = action;
  const session = useSession();
  const title = action.title || id;
  const isSet = ['enabled', 'timeoutMs', 'retry', 'mock'].some((key) => action[key as keyof Action] !== undefined);
  const [isOpen, open] = useState(isSet);
  // What is set elsewhere, such as a mock in the menu of the node, is shown.
  useEffect(() => {
    if (isSet) open(true);
  }, [isSet]);
  const form = useOperationForm(operation, {
    id: `${id}/settings`,
    title,
    node: null,
    pointer,
    within: (before, change) =>
      updateAction(before, id, (own) => withoutRest(change(own as unknown as Json) as unknown as Action)),
  });
  const { Part } = form;
  const field = (name: string, path: string[], value: Json | undefined) => (
    <Part field={{ path, name, label: name, schema: settings[name] ?? {}, isRequired: false }} value={value} isPlain />
  );
  return (
    <FormContext value={form}>
      <OutputPlace operation={operation} action={action} />
      {form.faultsAt(['output'], true).map((fault) => (
        <Fault key={fault.message} {...fault} />
      ))}
      <button type="button" className="insp-more expand" aria-expanded={isOpen} onClick={() => open(!isOpen)}>
        <Icon name="right" size={12} />
        Settings
        <span className="t3 cut">{summary(action)}</span>
      </button>
      {isOpen && (
        <div className="insp-settings">
          <IdField
            id={id}
            taken={allActions(operation).map((one) => one.id)}
            onChange={(next) => {
              session.edit(`Rename ${id} to ${next}`, (before) => renameAction(before, id, next));
              session.select(next);
            }}
          />
          {field('timeoutMs', ['timeoutMs'], action.timeoutMs)}
          {field('attempts', ['retry', 'attempts'], action.retry?.attempts)}
          {action.retry !== undefined && field('backoffMs', ['retry', 'backoffMs'], action.retry.backoffMs)}
          {field('enabled', ['enabled'], action.enabled)}
          <MockSettings action={action} />
        </div>
      )}
    </FormContext>
  );
}

/** A waiting time without attempts means nothing. */
const withoutRest = (action: Action): Action =>
  action.retry !== undefined && action.retry.attempts === undefined ? withKey(action, 'retry', undefined) : action;

function summary({ timeoutMs, retry, enabled, mock }: Action): string {
  return [
    timeoutMs !== undefined && `timeout ${timeoutMs.toLocaleString('en')} ms`,
    retry !== undefined && `${retry.attempts} attempts`,
    enabled === false && 'disabled',
    mock?.enabled && 'mocked',
  ]
    .filter(Boolean)
    .join(', ');
}
