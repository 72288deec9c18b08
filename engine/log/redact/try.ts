import type { Json } from '../../document/types.ts';
import type { Settings } from '../../settings/table.ts';
import { createCaptureEncoder, createRecordEncoder } from '../encoder.ts';
import { patternFault } from '../redact.ts';

/** A value to be redacted as it would be on its way to the disk. */
export interface RedactionTrial {
  value: Json;
  label?: string | undefined;
  names: readonly string[];
  patterns: readonly string[];
}

/** What marks are made with, and the secrets that are known by value. */
export interface RedactionKnowledge {
  settings: Settings;
  /** Values by name. */
  secrets: Readonly<Record<string, string>>;
  formerSecrets: readonly string[];
  key: string;
}

export interface TriedRedaction {
  /** JSON text, as a capture would hold the value. */
  value: string;
  /** The plain log line of `system/log`. */
  line: string;
  /** How many marks and references to secrets the value holds now. */
  found: number;
}

const marks = /\[redacted:[0-9a-f]{4}\]|\[redaction failed\]|(?<!\{"\$literal":)\{"\$secret":/g;

/** The first pattern that cannot be used, and why. */
export function wrongPattern(patterns: readonly string[]): { index: number; reason: string } | undefined {
  for (const [index, pattern] of patterns.entries()) {
    const reason = patternFault(pattern);
    if (reason !== undefined) return { index, reason };
  }
  return undefined;
}

/**
 * Redacts a value with other names and patterns than those in force.
 * @throws Error when a pattern cannot be compiled; `wrongPattern` says so beforehand
 */
export function tryRedaction(
  { value, label, names, patterns }: RedactionTrial,
  { settings, secrets, formerSecrets, key }: RedactionKnowledge,
): TriedRedaction {
  const redact = { names: [...names], patterns: [...patterns] };
  const tried: Settings = { ...settings, logs: { ...settings.logs, redact } };
  const encode = createCaptureEncoder(tried, new Map(Object.entries(secrets)), formerSecrets, key);
  const shown = encode(value, undefined, label);
  const toLine = createRecordEncoder(tried, [...Object.values(secrets), ...formerSecrets], key, 'plain');
  const record = { id: '', time: Date.now(), level: 'info', kind: 'application', event: 'log', value } as const;
  const line = toLine(label === undefined ? record : { ...record, label });
  return { value: shown, line, found: shown.match(marks)?.length ?? 0 };
}
