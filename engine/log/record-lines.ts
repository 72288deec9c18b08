import type { Encode } from './encode.ts';
import { jsonLine } from './line-json.ts';
import { plainLine } from './line-plain.ts';
import type { LogRecord } from './record.ts';

/** A record in both forms that are kept of it. */
export interface RecordLines {
  /** The line for the log files, without its line end. */
  line(record: LogRecord): string;
  /** The record as JSON. Asked right after `line` for the same object, what it carries is not encoded again. */
  json(record: LogRecord): string;
  /** Whether the two are the same text, so that one of them is enough. */
  readonly same: boolean;
}

/** The values of a record are few: the whole list is faster to search than a map is to fill. */
class Encoded {
  private readonly values: unknown[] = [];
  private readonly labels: (string | undefined)[] = [];
  private readonly texts: string[] = [];

  keep(value: unknown, label: string | undefined, text: string): void {
    this.values.push(value);
    this.labels.push(label);
    this.texts.push(text);
  }

  find(value: unknown, label: string | undefined): string | undefined {
    const at = this.values.indexOf(value);
    if (at < 0) return undefined;
    if (this.labels[at] === label) return this.texts[at];
    const next = this.values.indexOf(value, at + 1);
    return next >= 0 && this.labels[next] === label ? this.texts[next] : undefined;
  }

  forget(): void {
    if (this.values.length === 0) return;
    this.values.length = 0;
    this.labels.length = 0;
    this.texts.length = 0;
  }
}

/** Makes both lines of records, whose values are encoded once for the two. */
export const createRecordLines = (format: 'plain' | 'json', encode: Encode): RecordLines => {
  if (format === 'json') {
    const json = (record: LogRecord): string => jsonLine(record, encode);
    return { line: json, json, same: true };
  }
  const encoded = new Encoded();
  let last: LogRecord | null = null;
  const first: Encode = (value, budget, label) => {
    const text = encode(value, budget, label);
    encoded.keep(value, label, text);
    return text;
  };
  const again: Encode = (value, budget, label) => encoded.find(value, label) ?? encode(value, budget, label);
  return {
    line(record) {
      encoded.forget();
      last = record;
      return plainLine(record, first);
    },
    json(record) {
      // The values belong to the record of the last line; nothing of it is held on to beyond its second one.
      if (record !== last) return jsonLine(record, encode);
      const text = jsonLine(record, again);
      last = null;
      encoded.forget();
      return text;
    },
    same: false,
  };
};
