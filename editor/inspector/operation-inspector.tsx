import type { Json, Operation, ServiceOperation } from '../../engine/document/types.ts';
import { EditGuardBox } from '../app/edit-guard.tsx';
import { type ListKind, navigate, pathTo } from '../app/route.ts';
import { useNode, useWorkspace } from '../app/workspace-context.ts';
import { useDraftState, useSession } from '../canvas/session-context.ts';
import { FieldList } from '../forms/field-list.tsx';
import { FormContext } from '../forms/form-context.ts';
import { isOwnOn } from '../state/switch-text.ts';
import { AboutButton } from './about-button.tsx';
import { AddErrorHandler } from './add-error-handler.tsx';
import { AddressLine } from './address-line.tsx';
import { CheckOutput } from './check-output.tsx';
import { IdField } from './id-field.tsx';
import { LogSwitch } from './log-switch.tsx';
import { operationFields } from './operation-fields.ts';
import { OperationSchemas } from './operation-schemas.tsx';
import { TitleInput } from './title-input.tsx';
import { useOperationForm } from './use-form.ts';
import { withKey } from './with-key.ts';

/** The operation as a whole: what starts it, what it takes, and its limits. */
export function OperationInspector({ operation }: { operation: Operation }) {
  const session = useSession();
  const document_ = useDraftState((state) => state.document);
  const operations = document_ !== null && 'operations' in document_ ? (document_.operations ?? []) : [];
  const taken = (operations as readonly Operation[]).map(({ id }) => id);
  const { properties, required } = operationFields(operation);
  const title = operation.title || operation.id;
  const form = useOperationForm(operation, {
    id: 'start',
    title,
    node: null,
    pointer: '',
    within: (before, change) => change(before as unknown as Json) as unknown as Operation,
  });
  const value = Object.fromEntries(
    Object.keys(properties).flatMap((key) => {
      const part = (operation as unknown as { [key: string]: Json | undefined })[key];
      return part === undefined ? [] : [[key, part]];
    }),
  );
  return (
    <div className="insp" data-hears="document">
      <OperationHead operation={operation} />
      <EditGuardBox className="insp-body">
        <FormContext value={form}>
          <IdField
            key={operation.id}
            id={operation.id}
            taken={taken}
            onChange={(next) => {
              const [kind, resource] = session.address.split('/') as [ListKind, string];
              session.edit(`Rename ${operation.id} to ${next}`, (before) => ({ ...before, id: next }));
              navigate(pathTo(kind, resource, next), true);
            }}
          />
          {session.address.startsWith('service/') && <OperationSchemas operation={operation as ServiceOperation} />}
          <FieldList properties={properties} required={required} value={value} isPlain />
        </FormContext>
        <AddErrorHandler operation={operation} />
      </EditGuardBox>
      <CheckOutput node="start" operation={operation} />
    </div>
  );
}

/** What the operation is called, where it is, and whether it is logged. */
function OperationHead({ operation }: { operation: Operation }) {
  const session = useSession();
  const tools = useWorkspace();
  const node = useNode(session.address);
  const title = operation.title || operation.id;
  const edit = (label: string, change: (before: Operation) => Operation, merge: string): void =>
    session.edit(label, change, merge);
  const setLogged = (on: boolean): void =>
    tools.attempt(`The log of ${title} was not switched`, async () => {
      await tools.project.change(session.address, { log: on });
      tools.say(on ? `${title} is logged.` : `${title} is no longer logged.`);
    });
  return (
    <header className="insp-head">
      <div className="row">
        <TitleInput
          label={`Title of ${operation.id}`}
          value={operation.title ?? ''}
          placeholder={operation.id}
          onChange={(typed) =>
            edit(`Rename ${operation.id}`, (before) => withKey(before, 'title', typed || undefined), 'start title')
          }
        />
        <AboutButton
          title={title}
          description={operation.description ?? ''}
          onChange={(typed) =>
            edit(
              `Describe ${title}`,
              (before) => withKey(before, 'description', typed || undefined),
              'start description',
            )
          }
        />
        <span className="grow" />
        {node !== undefined && (
          <LogSwitch
            label="Log"
            checked={isOwnOn(node, 'log', Date.now())}
            whyNot={tools.whyNot('operate')}
            onChange={setLogged}
          />
        )}
      </div>
      <AddressLine address={session.address} />
    </header>
  );
}
