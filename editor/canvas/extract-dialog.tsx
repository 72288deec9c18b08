import { type FormEvent, useId, useState } from 'react';
import { useStore } from 'zustand';
import { idRule, isId } from '../../engine/document/address.ts';
import type { Operation, Resource, Service, ServiceOperation } from '../../engine/document/types.ts';
import { useProject } from '../app/workspace-context.ts';
import { namesOf } from '../commands/canvas-tools.ts';
import { Dialog } from '../ui/dialog.tsx';
import { useCanvas, useCanvasState } from './canvas-context.ts';

/** Asks where the chosen actions go, then makes them an operation of a service that is called in their place. */
export function ExtractDialog() {
  const { view } = useCanvas();
  const ids = useCanvasState((state) => state.extracting);
  if (ids === null) return null;
  return <Asked ids={ids} onClose={() => view.state.setState({ extracting: null })} />;
}

function Asked({ ids, onClose }: { ids: readonly string[]; onClose(): void }) {
  const tools = useCanvas();
  const { session, workspace } = tools;
  const { library } = useProject();
  const known = useStore(workspace.drafts.resources('service'));
  const [service, setService] = useState(known[0]?.id ?? 'shared');
  const [operation, setOperation] = useState(ids[0] ?? 'steps');
  const [why, setWhy] = useState<string | null>(null);
  const list = useId();
  const said = useId();

  const hasResult = (action: string): boolean => (library.get(action)?.output ?? null) !== null;
  const extract = async (): Promise<void> => {
    const { extractToService } = await import('../graph/extract.ts');
    const name = `service/${service}`;
    const title = namesOf(tools, ids);
    const target = known.find(({ id }) => id === service);
    if (target?.operations.some(({ id }) => id === operation)) {
      setWhy(`The service ${service} has an operation ${operation} already.`);
      return;
    }
    const split = () => {
      const now = session.operation();
      return now === undefined
        ? 'The operation is gone.'
        : extractToService(now, ids, { service, operation }, hasResult);
    };
    const made = split();
    if (typeof made === 'string') {
      setWhy(made);
      return;
    }
    if (target === undefined) await workspace.drafts.create('service', { id: service, operations: [made.service] });
    else
      workspace.drafts
        .of(name)
        .edit({ label: `Add ${operation}`, operation }, (document) => withOperation(document, made.service));
    // Creating a service takes a moment, in which the workflow may have changed.
    const called = split();
    if (typeof called !== 'string') session.edit(`Extract ${title}`, (): Operation => called.operation);
    session.select();
    onClose();
    workspace.done(`${title} is now ${name}/${operation}. Deploy both together.`);
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const wrong = [service, operation].find((id) => !isId(id));
    if (wrong !== undefined) setWhy(`An id is ${idRule}; found ${wrong === '' ? 'nothing' : wrong}.`);
    else workspace.attempt('Nothing was extracted', extract);
  };
  return (
    <Dialog
      title="Extract To Service"
      description={`${namesOf(tools, ids)} becomes an operation of a service, which is called in its place.`}
      onClose={onClose}
      footer={
        <>
          <button type="button" className="btn" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" form={`${list}-form`} className="btn btn-primary">
            Extract
          </button>
        </>
      }
    >
      <form id={`${list}-form`} className="extract" onSubmit={submit}>
        <label>
          Service
          <span className="field">
            <input
              list={list}
              value={service}
              data-first
              aria-describedby={said}
              onChange={(event) => setService(event.target.value)}
            />
          </span>
        </label>
        <datalist id={list}>
          {known.map(({ id }) => (
            <option key={id} value={id} />
          ))}
        </datalist>
        <label>
          Operation
          <span className="field">
            <input value={operation} aria-describedby={said} onChange={(event) => setOperation(event.target.value)} />
          </span>
        </label>
        <p id={said} role="alert" className="bad-text">
          {why ?? ''}
        </p>
      </form>
    </Dialog>
  );
}

const withOperation = (document: Resource, operation: ServiceOperation): Resource => {
  const service = document as Service;
  return { ...service, operations: [...service.operations, operation] };
};
