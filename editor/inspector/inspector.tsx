import { memo, useDeferredValue, useMemo } from 'react';
import type { Operation } from '../../engine/document/types.ts';
import { useOperation, useSessionState } from '../canvas/session-context.ts';
import { findAction } from '../graph/edits/index.ts';
import { ActionInspector } from './action-inspector.tsx';
import { ErrorHandlerInspector } from './error-handler-inspector.tsx';
import { OperationInspector } from './operation-inspector.tsx';
import { OutputInspector } from './output-inspector.tsx';
import { SeveralInspector } from './several-inspector.tsx';

/** The form of what is selected: an action, the start, the end, the error handler, several, or the operation. */
export function Inspector() {
  const operation = useOperation();
  const selected = useSessionState((state) => state.selected);
  const now = useMemo(() => ({ operation, selected }), [operation, selected]);
  const late = useDeferredValue(now);
  // Another form may come a moment after the canvas shows what is selected now; what is typed into this one is there at once.
  const shown = late.selected === selected ? now : late;
  return shown.operation === undefined ? null : <Form operation={shown.operation} selected={shown.selected} />;
}

const Form = memo(function Form({ operation, selected }: { operation: Operation; selected: readonly string[] }) {
  const [first, ...others] = selected;
  if (others.length > 0) return <SeveralInspector operation={operation} ids={selected} />;
  switch (first) {
    case undefined:
    case 'start':
      return <OperationInspector operation={operation} />;
    case 'end':
      return <OutputInspector operation={operation} />;
    case 'onError':
      return <ErrorHandlerInspector operation={operation} />;
    default: {
      const action = findAction(operation, first);
      if (action === undefined) return <OperationInspector operation={operation} />;
      return <ActionInspector key={first} operation={operation} action={action} />;
    }
  }
});
