import type { Action, Json } from '../../engine/document/types.ts';
import { useSessionState } from '../canvas/session-context.ts';
import { useForm } from '../forms/form-context.ts';
import { spanAt } from '../state/shown-run.ts';
import { Icon } from '../ui/icon.tsx';

/** A value that an action gives instead of doing what it does. */
export function MockSettings({ action: { id, mock } }: { action: Action }) {
  const { change, title, Part } = useForm();
  const run = useSessionState((state) => state.run);
  const iterations = useSessionState((state) => state.iterations);
  const put = (next: Action['mock'], label: string): void => change(['mock'], next as unknown as Json, label);
  if (mock === undefined) {
    const last = run === null ? undefined : spanAt(run, id, iterations)?.output;
    return (
      <button
        type="button"
        className="btn btn-s vf-add"
        onClick={() => put({ enabled: true, value: (last ?? null) as Json }, `Mock ${title}`)}
      >
        <Icon name="mock" size={12} />
        Mock With…
        <span className="t3">
          {last === undefined ? 'a value instead of its result' : 'the result of the last run'}
        </span>
      </button>
    );
  }
  const remove = {
    id: 'remove',
    icon: 'delete' as const,
    label: 'Remove',
    isDanger: true,
    perform: () => put(undefined, `Stop Mocking ${title}`),
  };
  const schema = {
    type: 'boolean',
    description: 'Whether it gives the value below instead of doing anything.',
  } as const;
  return (
    <>
      <Part
        field={{ path: ['mock', 'enabled'], name: 'mock', label: 'mock', schema, isRequired: true }}
        value={mock.enabled}
        more={[[remove]]}
        isPlain
      />
      <Part
        field={{ path: ['mock', 'value'], name: 'mock value', label: 'mock value', schema: {}, isRequired: true }}
        value={mock.value}
        isPlain
      />
    </>
  );
}
