import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import { Icon } from './icon.tsx';

/** A button of a notice. */
interface Offer {
  /** Named like what it does: `Undo`, `Open Logs`. */
  label: string;
  perform(): void;
}

interface Notice {
  id: number;
  message: string;
  isFailure: boolean;
  offer: Offer | null;
}

/** How long a notice of what was done stands, unless the pointer or the focus rests on it: time enough to undo. */
const standsMs = 10_000;

interface Notices {
  /** Tells what was done to those who do not see it. */
  say(message: string): void;
  /** Shows what was done, with a way back or on, for some seconds. */
  done(message: string, offer?: Offer): void;
  /** Shows a failure until it is dismissed or tried again; null where that cannot help. */
  fail(message: string, retry: (() => void) | null): void;
}

const NoticesContext = createContext<Notices>({ say: () => {}, done: () => {}, fail: () => {} });
export const useNotices = (): Notices => useContext(NoticesContext);

let numbered = 0;

/** Holds the live regions that announce what happened, and the notices on screen. */
export function NoticeArea({ children }: { children: ReactNode }) {
  const [said, setSaid] = useState('');
  const [notices, setNotices] = useState<readonly Notice[]>([]);
  const dismiss = useCallback((id: number) => setNotices((all) => all.filter((notice) => notice.id !== id)), []);
  const calls = useMemo<Notices>(() => {
    const show = (notice: Omit<Notice, 'id'>) => {
      const id = ++numbered;
      setNotices((all) => [...all.slice(-2), { id, ...notice }]);
    };
    return {
      // The same sentence twice in a row would not be spoken again.
      say: (message) => setSaid((before) => (before === message ? `${message}\u00a0` : message)),
      done: (message, offer) => show({ message, isFailure: false, offer: offer ?? null }),
      fail: (message, retry) => show({ message, isFailure: true, offer: retry && { label: 'Retry', perform: retry } }),
    };
  }, []);
  const shown = (isFailure: boolean) =>
    notices
      .filter((notice) => notice.isFailure === isFailure)
      .map((notice) => <Toast key={notice.id} notice={notice} dismiss={dismiss} />);
  return (
    <NoticesContext value={calls}>
      {children}
      <div className="vh" role="status">
        {said}
      </div>
      <div className="toasts">
        <div role="status">{shown(false)}</div>
        <div role="alert">{shown(true)}</div>
      </div>
    </NoticesContext>
  );
}

function Toast({ notice: { id, message, isFailure, offer }, dismiss }: { notice: Notice; dismiss(id: number): void }) {
  const [isHeld, hold] = useState(false);
  useEffect(() => {
    if (isFailure || isHeld) return;
    const timer = setTimeout(() => dismiss(id), standsMs);
    return () => clearTimeout(timer);
  }, [id, isFailure, isHeld, dismiss]);
  return (
    <fieldset
      aria-label="Notice"
      className={`toast${isFailure ? ' toast-failed' : ''}`}
      onPointerEnter={() => hold(true)}
      onPointerLeave={() => hold(false)}
      onFocus={() => hold(true)}
      onBlur={() => hold(false)}
    >
      <Icon name={isFailure ? 'warn' : 'check'} />
      <span className="grow">{message}</span>
      {offer !== null && (
        <button
          type="button"
          className="btn btn-s"
          onClick={() => {
            dismiss(id);
            offer.perform();
          }}
        >
          {offer.label}
        </button>
      )}
      <button type="button" className="btn btn-quiet btn-icon btn-s" aria-label="Dismiss" onClick={() => dismiss(id)}>
        <Icon name="close" size={14} />
      </button>
    </fieldset>
  );
}
