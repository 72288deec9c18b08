import { useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import { Icon } from '../../ui/icon.tsx';
import type { CodeFieldProps } from './code-field.tsx';
import { CodeView, format } from './code-view.ts';
import { Preview } from './preview.tsx';

/** The editor of a code field; loaded with the first one. */
export default function CodeEditor(props: CodeFieldProps) {
  const { kind, value, label, singleLine = false, minLines = 1, readOnly = false, preview = false, data } = props;
  const host = useRef<HTMLDivElement>(null);
  const code = useRef<CodeView | null>(null);
  const latest = useRef(props);
  latest.current = props;
  const [fault, setFault] = useState<string | null>(null);
  const faultId = useId();

  useLayoutEffect(() => {
    const made = new CodeView({
      parent: host.current as HTMLElement,
      kind,
      value: latest.current.value,
      singleLine,
      scope: () => latest.current,
      onChange: (text) => latest.current.onChange(text),
      onFault: (message) => {
        setFault(message);
        latest.current.onFault?.(message);
      },
    });
    code.current = made;
    return () => {
      code.current = null;
      setFault(null);
      made.destroy();
    };
  }, [kind, singleLine]);

  useLayoutEffect(() => code.current?.show(value), [value]);
  useEffect(
    () => code.current?.describe({ label, readOnly, describedBy: fault === null ? null : faultId }),
    // A new editor must be told again.
    [label, readOnly, fault, faultId, kind, singleLine],
  );

  const canFormat = kind === 'json' && !readOnly && !singleLine;
  return (
    <>
      <div className={`code-box${fault === null ? '' : ' bad'}`}>
        <div ref={host} className="code-host" style={{ '--code-lines': minLines } as React.CSSProperties} />
        {canFormat && (
          <button
            type="button"
            className="btn btn-quiet btn-icon btn-s code-format"
            aria-label={`Format ${label}`}
            title="Format (Shift+Alt+F)"
            onClick={() => code.current !== null && format(code.current.view)}
          >
            <Icon name="objects" size={14} />
          </button>
        )}
      </div>
      <div id={faultId} role="status" className="code-fault" hidden={fault === null}>
        {fault !== null && (
          <>
            <Icon name="warn" size={12} />
            <span>{fault}</span>
          </>
        )}
      </div>
      {preview && fault === null && (kind === 'jsonata' || kind === 'template') && (
        <Preview language={kind} text={value} data={data} />
      )}
    </>
  );
}
