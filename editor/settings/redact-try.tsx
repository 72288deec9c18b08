import { useEffect, useId, useState } from 'react';
import { useStore } from 'zustand';
import { messageOf } from '../api/problem.ts';
import { useWorkspace } from '../app/workspace-context.ts';
import type { SettingsEdit } from './settings-store.ts';

const example =
  '{\n  "customer": "C-20417",\n  "password": "kept to oneself",\n  "note": "use Bearer abcdef0123456789"\n}';

/** Shows what redaction makes of a value, with the names and patterns as they are edited; nothing is stored. */
export function RedactTry({ edit }: { edit: SettingsEdit }) {
  const { api } = useWorkspace();
  const changes = useStore(edit.state, (state) => state.changes);
  const [text, setText] = useState(example);
  const [result, setResult] = useState<{ text: string; isFault: boolean } | null>(null);
  const id = useId();
  const names = changes.get('logs.redact.names');
  const patterns = changes.get('logs.redact.patterns');
  useEffect(() => {
    const timer = setTimeout(async () => {
      // What is no JSON is tried as a text.
      const value = parsed(text);
      try {
        const answer = await api.post<{ value: unknown; found: number }>('/api/settings/redact/try', {
          value,
          ...(names !== undefined && { names }),
          ...(patterns !== undefined && { patterns }),
        });
        const shown = typeof answer.value === 'string' ? answer.value : JSON.stringify(answer.value, null, 2);
        setResult({ text: shown, isFault: false });
      } catch (thrown) {
        setResult({ text: messageOf(thrown), isFault: true });
      }
    }, 300);
    return () => clearTimeout(timer);
  }, [api, text, names, patterns]);
  return (
    <section className="card" aria-label="Try redaction">
      <h2>Try it</h2>
      <p className="note">Paste anything; it is not stored. Names and patterns count as they are edited above.</p>
      <div className="try">
        <label className="vh" htmlFor={id}>
          What to redact
        </label>
        <textarea
          id={id}
          className="mono"
          rows={6}
          spellCheck={false}
          value={text}
          onChange={({ target }) => setText(target.value)}
        />
        <output
          className={`mono tried${result?.isFault ? ' is-failed' : ''}`}
          htmlFor={id}
          aria-label="What would be written"
        >
          {result?.text}
        </output>
      </div>
    </section>
  );
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};
