import { useId } from 'react';
import type { Action, Operation, Path } from '../../engine/document/types.ts';
import { useProject } from '../app/workspace-context.ts';
import { useSession } from '../canvas/session-context.ts';
import { useForm } from '../forms/form-context.ts';
import { Picker } from '../forms/picker.tsx';
import { readReference, referenceText } from '../forms/value-path.ts';
import { allActions, updateAction } from '../graph/edits/index.ts';

const nowhere = 'Nowhere';

/** Where the result goes: a variable, a place within one, or nowhere. */
export function OutputPlace({ operation, action }: { operation: Operation; action: Action }) {
  const id = useId();
  const session = useSession();
  const form = useForm();
  const { library } = useProject();
  const { id: own, output } = action;
  const hasResult = library.get(action.action)?.output !== null;
  const usual = hasResult ? 'variables.output' : nowhere;
  const places = new Set(
    allActions(operation)
      .flatMap((one) => (one.output ? [referenceText(one.output)] : []))
      .filter((text) => text.startsWith('variables')),
  );
  places.delete(usual);
  const put = (text: string): void => {
    const read = readReference(text);
    const next: Path | null | undefined =
      text === usual ? undefined : text === nowhere ? null : 'path' in read ? read.path : null;
    session.edit(`Change Output of ${form.title}`, (before) =>
      updateAction(before, own, (one) => {
        if (next !== undefined) return { ...one, output: next };
        const { output: _, ...others } = one;
        return others;
      }),
    );
  };
  return (
    <div className="insp-output">
      <label className="t3" htmlFor={id}>
        Output
      </label>
      <Picker
        id={id}
        label="Output"
        hint="Choose, or type a new name"
        text={output === undefined ? usual : output === null ? nowhere : referenceText(output)}
        options={[
          { value: usual, note: 'if nothing is said' },
          ...[...places].map((value) => ({ value })),
          ...(usual === nowhere ? [] : [{ value: nowhere, note: 'the result is not kept' }]),
        ]}
        other={(typed) => {
          const read = readReference(typed);
          if ('reason' in read) return null;
          // One name alone is meant as a variable.
          return {
            label: `Write to ${referenceText(read.path.length === 1 ? ['variables', ...read.path] : read.path)}`,
          };
        }}
        onPick={(text) => {
          const read = readReference(text);
          const isName = text !== nowhere && 'path' in read && read.path.length === 1;
          put(isName ? referenceText(['variables', ...read.path]) : text);
        }}
      />
    </div>
  );
}
