import { Buffer } from 'node:buffer';
import { decode } from './decoded.ts';

/** Shorter values, and shorter written forms of values, are not looked for: they would turn up everywhere by chance. */
const shortestSecret = 4;

/** UTF-16 units that stand for one, where sequences are written inside sequences. */
const longestSequence = 12;

/** A place in a text that holds a secret in one of its written forms. */
export interface SecretMatch {
  start: number;
  end: number;
  /** The secret itself, whatever form it was found in. */
  value: string;
}

/**
 * Base64 of the value wherever it stands inside something longer, as in `user:password`: what lies on either side decides
 * over the first and last characters, so that only those that depend on the value alone are compared.
 */
const base64Forms = (bytes: Buffer): string[] => {
  const forms = [bytes.toString('base64')];
  for (const shift of [0, 1, 2]) {
    const text = Buffer.concat([Buffer.alloc(shift), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    const first = Math.ceil((shift * 8) / 6);
    const last = Math.floor(((shift + bytes.length) * 8) / 6);
    forms.push(text.slice(first, last));
  }
  return forms.flatMap((form) => [form, form.replaceAll('+', '-').replaceAll('/', '_')]);
};

const inLowerCase = (form: string): string => form.replace(/%[0-9A-F]{2}/g, (byte) => byte.toLowerCase());

/** As in queries and forms, with as few characters left as they are as each encoder leaves, once and twice over. */
const percentForms = (value: string, bytes: Buffer): string[] => {
  // Half a surrogate pair has no URL-encoded form.
  const encoded = encodeURIComponent(bytes.toString());
  const strict = encoded.replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  const every = bytes.toString('hex').toUpperCase().replace(/../g, '%$&');
  const form = new URLSearchParams({ _: value }).toString().slice(2);
  // A space that became a plus stays one when the rest is decoded.
  const once = [
    value.replaceAll(' ', '+'),
    encoded,
    strict,
    encoded.replaceAll('%20', '+'),
    form,
    encodeURI(bytes.toString()),
    every,
  ];
  const both = once.flatMap((text) => [text, inLowerCase(text)]);
  return [...both, ...both.map((text) => text.replaceAll('%', '%25'))];
};

const asUnits = (sign: string): string =>
  Array.from({ length: sign.length }, (_, i) => `\\u${sign.charCodeAt(i).toString(16).padStart(4, '0')}`).join('');

/** As inside a JSON string, by writers that escape less or more, and inside JSON that is a string in other JSON, four times over. */
const jsonForms = (value: string): string[] => {
  const plain = JSON.stringify(value).slice(1, -1);
  const ascii = plain.replace(/[^\x20-\x7e]/gu, asUnits);
  const forHtml = ascii.replace(/[<>&'+]/g, asUnits);
  const firsts = new Set([plain, ascii, forHtml, plain.replace(/[<>&]/g, asUnits)]);
  for (const first of [...firsts]) {
    firsts.add(first.replaceAll('/', '\\/'));
    firsts.add(first.replace(/\\u[\da-f]{4}/g, (sequence) => `\\u${sequence.slice(2).toUpperCase()}`));
  }
  return [...firsts].flatMap((first) => {
    const forms = [first];
    for (let level = 1; level < 4; level++) forms.push(JSON.stringify(forms[level - 1]).slice(1, -1));
    return forms;
  });
};

const entities: { readonly [sign: string]: string } = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

const markupForms = (value: string): string[] => {
  const form = value.replace(/[&<>"]/g, (sign) => entities[sign] as string);
  return [form, form.replaceAll("'", '&#39;'), form.replaceAll("'", '&#x27;'), form.replaceAll("'", '&apos;')];
};

const writtenForms = (value: string): string[] => {
  const bytes = Buffer.from(value);
  const hex = bytes.toString('hex');
  return [
    value,
    ...jsonForms(value),
    hex,
    hex.toUpperCase(),
    ...percentForms(value, bytes),
    ...base64Forms(bytes),
    ...markupForms(value),
    // What looks like an escape sequence in it is resolved where the text around it is searched with them resolved.
    decode(value, 0).text,
  ];
};

/**
 * Every way in which a secret is looked for: plain, base64, URL-encoded, hex, JSON-escaped, as markup. One that was read with
 * the line end of its file is also looked for without.
 */
const formsOf = (value: string): Set<string> => {
  const trimmed = value.trim();
  const values = trimmed === value || trimmed.length < shortestSecret ? [value] : [value, trimmed];
  const forms = new Set(values.flatMap(writtenForms).filter((form) => form.length >= Math.max(shortestSecret, 6)));
  for (const whole of values) forms.add(whole);
  return forms;
};

/**
 * Finds known texts, all of them in one pass that skips most characters (Wu and Manber 1994, blocks of two code units).
 * Time is proportional to the text, and does not grow with the number of secrets.
 */
export class SecretSearch {
  /** UTF-16 units of the longest form, also with escape sequences: what begins so far before a cut is seen to its end. */
  readonly reach: number;
  /** Whether some secret could turn up as a number. */
  readonly numeric: boolean;
  private readonly shortest: number;
  private readonly shifts: Uint8Array;
  private readonly endings = new Map<number, { form: string; value: string }[]>();

  constructor(values: readonly string[]) {
    const forms = new Map<string, string>();
    for (const value of values) {
      if (value.length < shortestSecret) continue;
      for (const form of formsOf(value)) if (!forms.has(form) || form === value) forms.set(form, value);
    }
    const lengths = [...forms.keys()].map((form) => form.length);
    const longestValue = Math.max(0, ...[...forms.values()].map((value) => value.length));
    this.reach = lengths.length === 0 ? 0 : Math.max(longestSequence * longestValue, ...lengths);
    this.numeric = values.some((value) => value.length >= shortestSecret && /^[-+.\de]+$/i.test(value));
    this.shortest = Math.min(255, ...lengths);
    this.shifts = new Uint8Array(65_536).fill(this.shortest - 1);
    for (const [form, value] of forms) this.learn(form, value);
  }

  private learn(form: string, value: string): void {
    for (let end = 1; end < this.shortest; end++) {
      const block = blockAt(form, end);
      const shift = this.shortest - 1 - end;
      if (shift < (this.shifts[block] as number)) this.shifts[block] = shift;
    }
    const last = blockAt(form, this.shortest - 1);
    const others = this.endings.get(last);
    if (others === undefined) this.endings.set(last, [{ form, value }]);
    // The longest is tried first: what is left of it could be recognised.
    else others.splice(others.findIndex((other) => other.form.length <= form.length) >>> 0, 0, { form, value });
  }

  /** The first match that starts at or after an index, or undefined. */
  find(text: string, from: number): SecretMatch | undefined {
    const { shifts, shortest } = this;
    for (let end = from + shortest - 1; end < text.length; ) {
      const block = blockAt(text, end);
      const shift = shifts[block] as number;
      if (shift > 0) {
        end += shift;
        continue;
      }
      const start = end - shortest + 1;
      for (const { form, value } of this.endings.get(block) ?? []) {
        if (text.startsWith(form, start)) return { start, end: start + form.length, value };
      }
      end++;
    }
    return undefined;
  }
}

const blockAt = (text: string, end: number): number =>
  ((text.charCodeAt(end - 1) << 8) ^ text.charCodeAt(end)) & 0xffff;
