import type { Settings } from '../settings/table.ts';
import { createEncoder, type Encode } from './encode.ts';
import { createLineEncoder } from './line.ts';
import type { LogRecord } from './record.ts';
import { createRedactor } from './redact.ts';

/**
 * Makes the encoder of log records that the settings ask for: bounded, redacted, one line per record.
 * @param key what redaction marks are made with; the same in every process of an installation
 */
export function createRecordEncoder(
  settings: Settings,
  secrets: readonly string[],
  key: string,
  format: Settings['logs']['format'] = settings.logs.format,
): (record: LogRecord) => string {
  const { maxValueBytes, maxDepth, maxKeys, redact } = settings.logs;
  const redactor = createRedactor({ names: redact.names, patterns: redact.patterns, key });
  redactor.setSecrets(secrets);
  return createLineEncoder({ format, encode: createEncoder({ maxValueBytes, maxDepth, maxKeys, redactor }) });
}

/** Makes the encoder of what the API and the command line answer of runs: redacted too, but bounded as captures are. */
export function createAnswerEncoder(settings: Settings, secrets: readonly string[], key: string): Encode {
  const { redact } = settings.logs;
  const redactor = createRedactor({ names: redact.names, patterns: redact.patterns, key });
  redactor.setSecrets(secrets);
  return createEncoder({ maxValueBytes: settings.store.maxCaptureBytes, maxDepth: 100, maxKeys: 100_000, redactor });
}
