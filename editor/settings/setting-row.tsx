import { useId } from 'react';
import type { SettingAnswer } from '../../engine/control/settings-store.ts';
import { Icon } from '../ui/icon.tsx';
import { labelOf } from './sections.ts';
import { SettingControl } from './setting-control.tsx';

interface SettingRowProps {
  answer: SettingAnswer;
  /** What it is changed to; absent when it is not. */
  change: { value: unknown } | undefined;
  /** Why the engine refused the change. */
  fault: string | null;
  onChange(value: unknown): void;
}

/** One key: what it means, its control, where its value comes from, and when a change is in force. */
export function SettingRow({ answer, change, fault, onChange }: SettingRowProps) {
  const { key, value, stored, pending, source, environment, meaning, allowed, restart } = answer;
  const id = useId();
  const isLocked = source === 'environment' || source === 'flag';
  const saved = pending === undefined ? value : pending;
  const label = labelOf(key);
  return (
    <div className={`setting${change ? ' is-changed' : ''}`}>
      <div>
        <label className="setting-label" htmlFor={id}>
          {label}
        </label>
        <code className="setting-key">{key}</code>
        <p id={`${id}-about`}>{meaning}</p>
      </div>
      <div className="setting-value">
        <SettingControl
          id={id}
          label={label}
          schema={answer.schema}
          value={change ? change.value : saved}
          isLocked={isLocked}
          onChange={onChange}
        />
        {fault !== null && (
          <p className="is-failed" role="alert">
            {fault}
          </p>
        )}
        {change && fault === null && (
          <p className="note">
            Was <code>{shown(saved)}</code>; {allowed}.{restart && ' In force from the next start on.'}
          </p>
        )}
        {isLocked && (
          <p className="note setting-lock">
            <Icon name="lock" size={12} />
            {source === 'flag' ? 'Set by a flag of the command line.' : `Set by ${environment}.`}
            {stored !== undefined && (
              <>
                {' '}
                The file holds <code>{shown(stored)}</code>.
              </>
            )}
          </p>
        )}
        {pending !== undefined && (
          <p className="note is-warn">
            In force is <code>{shown(value)}</code> until the next start.
          </p>
        )}
      </div>
    </div>
  );
}

const shown = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing'));
