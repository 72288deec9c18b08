import { useState } from 'react';
import type { Health } from '../../engine/control/control.ts';
import { messageOf } from '../api/problem.ts';
import { ThemeSwitch } from '../app/theme-switch.tsx';
import { useWorkspace } from '../app/workspace-context.ts';
import { sizeText } from './size-text.ts';
import { TextField } from './text-field.tsx';
import { useAsked } from './use-asked.ts';

/** The engine's processes, and what belongs to whoever is signed in: the look, and the password. */
export function AboutSection() {
  const { value: health, failure } = useAsked<Health>('/api/health', 5000);
  return (
    <>
      <section className="card" aria-label="This engine">
        <h2>This engine</h2>
        {failure !== null && <p className="is-failed">{failure}</p>}
        {health !== null && (
          <dl className="facts">
            <dt>Version</dt>
            <dd>Sluice {health.version}</dd>
            <dt>Running for</dt>
            <dd>{duration(health.uptimeMs)}</dd>
            <dt>Control process</dt>
            <dd>
              {health.pid}, {sizeText(health.memory.rssBytes)}
            </dd>
            <dt>Workers</dt>
            <dd>
              {health.workers.map(({ name, pid, state }) => (
                <span key={name} className="worker">
                  <code>{name}</code> {pid} {state}
                </span>
              ))}
            </dd>
            <dt>Replaced workers</dt>
            <dd>{health.replacements}</dd>
            <dt>Problems</dt>
            <dd>{health.problems.length === 0 ? 'none' : health.problems.join(' ')}</dd>
          </dl>
        )}
      </section>
      <section className="card" aria-label="Look">
        <h2>Look</h2>
        <ThemeSwitch />
      </section>
      <OwnPassword />
    </>
  );
}

function OwnPassword() {
  const { api, done } = useWorkspace();
  const [current, setCurrent] = useState('');
  const [password, setPassword] = useState('');
  const [failure, setFailure] = useState<string | null>(null);
  const change = async (): Promise<void> => {
    try {
      await api.put('/api/session/password', { current, password });
      setCurrent('');
      setPassword('');
      setFailure(null);
      done('Your password is changed. Your other sessions have ended.');
    } catch (thrown) {
      setFailure(messageOf(thrown));
    }
  };
  return (
    <section className="card" aria-label="Your password">
      <h2>Your password</h2>
      <form
        className="form form-narrow"
        onSubmit={(event) => {
          event.preventDefault();
          void change();
        }}
      >
        <TextField
          label="Present password"
          type="password"
          autoComplete="current-password"
          value={current}
          onChange={setCurrent}
        />
        <TextField
          label="New password"
          type="password"
          autoComplete="new-password"
          value={password}
          onChange={setPassword}
          note="12 characters or more."
        />
        {failure !== null && (
          <p className="is-failed" role="alert">
            {failure}
          </p>
        )}
        <button type="submit" className="btn" disabled={current === '' || password === ''}>
          Change Password
        </button>
      </form>
    </section>
  );
}

function duration(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h ${minutes % 60} min` : `${Math.floor(hours / 24)} d ${hours % 24} h`;
}
