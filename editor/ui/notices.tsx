import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from 'react';
import { Icon } from './icon.tsx';

interface Failure {
  id: number;
  message: string;
  retry: (() => void) | null;
}

interface Notices {
  /** Tells what was done to those who do not see it. */
  say(message: string): void;
  /** Shows a failure until it is dismissed or tried again; null where that cannot help. */
  fail(message: string, retry: (() => void) | null): void;
}

const NoticesContext = createContext<Notices>({ say: () => {}, fail: () => {} });
export const useNotices = (): Notices => useContext(NoticesContext);

let numbered = 0;

/** Holds the live regions that announce what happened, and the failures on screen. */
export function NoticeArea({ children }: { children: ReactNode }) {
  const [said, setSaid] = useState('');
  const [failures, setFailures] = useState<readonly Failure[]>([]);
  const dismiss = useCallback((id: number) => setFailures((all) => all.filter((failure) => failure.id !== id)), []);
  const notices = useMemo<Notices>(
    () => ({
      // The same sentence twice in a row would not be spoken again.
      say: (message) => setSaid((before) => (before === message ? `${message}\u00a0` : message)),
      fail: (message, retry) => {
        const id = ++numbered;
        setFailures((all) => [...all.slice(-2), { id, message, retry }]);
      },
    }),
    [],
  );
  return (
    <NoticesContext value={notices}>
      {children}
      <div className="vh" role="status">
        {said}
      </div>
      <div className="toasts" role="alert">
        {failures.map(({ id, message, retry }) => (
          <div key={id} className="toast">
            <Icon name="warn" />
            <span className="grow">{message}</span>
            {retry !== null && (
              <button
                type="button"
                className="btn btn-s"
                onClick={() => {
                  dismiss(id);
                  retry();
                }}
              >
                Retry
              </button>
            )}
            <button
              type="button"
              className="btn btn-quiet btn-icon btn-s"
              aria-label="Dismiss"
              onClick={() => dismiss(id)}
            >
              <Icon name="close" size={14} />
            </button>
          </div>
        ))}
      </div>
    </NoticesContext>
  );
}
