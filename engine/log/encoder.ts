import type { Settings } from '../settings/table.ts';
import { createEncoder, type Encode } from './encode.ts';
import { createLineEncoder } from './line.ts';
import type { LogRecord } from './record.ts';
import { createRecordLines, type RecordLines } from './record-lines.ts';
import { createRedactor, type Redactor } from './redact.ts';

const redactorOf = ({ logs }: Settings, secrets: readonly string[], key: string): Redactor => {
  const redactor = createRedactor({ names: logs.redact.names, patterns: logs.redact.patterns, key });
  redactor.setSecrets(secrets);
  return redactor;
};

const recordEncode = (settings: Settings, secrets: readonly string[], key: string): Encode => {
  const { maxValueBytes, maxDepth, maxKeys } = settings.logs;
  return createEncoder({ maxValueBytes, maxDepth, maxKeys, redactor: redactorOf(settings, secrets, key) });
};

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
  return createLineEncoder({ format, encode: recordEncode(settings, secrets, key) });
}

/** Makes the encoders of a record that goes to the log files, in the format of the settings, and to the store, as JSON. */
export function createRecordEncoders(settings: Settings, secrets: readonly string[], key: string): RecordLines {
  return createRecordLines(settings.logs.format, recordEncode(settings, secrets, key));
}

/** Captures and what is answered of runs: deep and wide enough that ordinary data is whole. */
const captureBounds = { maxDepth: 100, maxKeys: 100_000 };

/** Makes the encoder of what the API and the command line answer of runs: redacted too, but bounded as captures are. */
export function createAnswerEncoder(settings: Settings, secrets: readonly string[], key: string): Encode {
  const redactor = redactorOf(settings, secrets, key);
  return createEncoder({ maxValueBytes: settings.store.maxCaptureBytes, ...captureBounds, redactor });
}

/**
 * Makes the encoder of captures, which are to be run again: a text that is a secret becomes `{"$secret":"name"}`; what only
 * holds one, or holds a former value of one, is marked. Data that looks like such a reference becomes `{"$literal":…}`.
 * @param secrets values by name
 * @param formerSecrets values that a secret had before: hidden, but no longer to be had by a name
 */
export function createCaptureEncoder(
  settings: Settings,
  secrets: ReadonlyMap<string, string>,
  formerSecrets: readonly string[],
  key: string,
): Encode {
  const redactor = redactorOf(settings, [...secrets.values(), ...formerSecrets], key);
  return createEncoder({
    maxValueBytes: settings.store.maxCaptureBytes,
    ...captureBounds,
    redactor,
    references: secrets,
  });
}
