import { quote } from './escape.ts';
import type { Redactor } from './redact.ts';

/** What is written of an object's key. */
export interface KeyText {
  /** The key as JSON with its colon. */
  readonly text: string;
  /** Whether its value is a secret. */
  readonly secret: boolean;
}

const longestShown = 256;

/** Redacts before it cuts, so that the half of a secret is not shown. */
export const shortText = (text: string, units: number, redactor: Redactor): string =>
  text.length <= units ? redactor.text(text) : `${redactor.head(text, units)}… (cut, ${text.length} characters)`;

/** A key as it is written: redacted, and cut where it is long. */
export const describeKey = (name: string, redactor: Redactor): KeyText => ({
  text: `${quote(shortText(name, longestShown, redactor))}:`,
  secret: redactor.isSecretName(name),
});

/** Longer keys are described each time. */
export const longestKept = longestShown;
