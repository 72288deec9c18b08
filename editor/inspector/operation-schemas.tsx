import { lazy, Suspense } from 'react';
import type { Json, ServiceOperation } from '../../engine/document/types.ts';
import { useDraftState, useSession } from '../canvas/session-context.ts';
import { pointerOfOperation } from './pointers.ts';
import { withKey } from './with-key.ts';

const SchemaEditor = lazy(async () => ({
  default: (await import('../create/schema-editor/schema-editor.tsx')).SchemaEditor,
}));

/** What callers of an operation give, and what they get back. */
export function OperationSchemas({ operation }: { operation: ServiceOperation }) {
  const session = useSession();
  const faults = useDraftState((state) => state.faults);
  const document_ = useDraftState((state) => state.document);
  const base = pointerOfOperation(document_, operation.id) ?? '';
  const title = operation.title || operation.id;
  const parts = [
    { key: 'input', label: 'Input', member: 'Argument', help: 'The arguments. Anything is allowed.' },
    { key: 'output', label: 'Output', member: 'Member', help: 'What callers get back. Anything is allowed.' },
  ] as const;
  return (
    <div className="insp-schemas">
      <Suspense fallback={<p className="note">Loading the arguments…</p>}>
        {parts.map(({ key, ...part }) => (
          <SchemaEditor
            key={key}
            {...part}
            value={operation[key] as Json | undefined}
            fault={faults.find(({ pointer }) => `${pointer}/`.startsWith(`${base}/${key}/`))?.message ?? null}
            onChange={(schema) =>
              session.edit(
                `Change ${key} of ${title}`,
                (before) => withKey(before as ServiceOperation, key, schema as ServiceOperation['input']),
                `start ${key}`,
              )
            }
          />
        ))}
      </Suspense>
    </div>
  );
}
