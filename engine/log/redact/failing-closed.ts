import type { Redactor } from '../redact.ts';

/** What is shown of a value that could not be redacted. */
export const redactionFailed = '[redaction failed]';

/** A redactor whose failures show nothing: not the value, and not the reason, which could quote it. */
export const failingClosed = (redactor: Redactor): Redactor => ({
  isSecretName(key) {
    try {
      return redactor.isSecretName(key);
    } catch {
      return true;
    }
  },
  mark(value) {
    try {
      return redactor.mark(value);
    } catch {
      return redactionFailed;
    }
  },
  text(text, ordinary) {
    try {
      return redactor.text(text, ordinary);
    } catch {
      return redactionFailed;
    }
  },
  head(text, units) {
    try {
      return redactor.head(text, units);
    } catch {
      return redactionFailed;
    }
  },
  fingerprint(value) {
    try {
      return redactor.fingerprint(value);
    } catch {
      return '';
    }
  },
  effort(text, ordinary) {
    try {
      return redactor.effort(text, ordinary);
    } catch {
      return text.length;
    }
  },
  setSecrets: (values) => redactor.setSecrets(values),
  get watchesNumbers() {
    return redactor.watchesNumbers;
  },
  get generation() {
    return redactor.generation;
  },
  get hashes() {
    return redactor.hashes;
  },
});
