import { ActionFailure, isPlainObject, type Plain } from '../../kit/index.ts';
import { checkDepth, checkTotal } from '../../support/bounds.ts';
import { toText } from '../../support/text.ts';
import { checkWritten } from '../plain-data.ts';
import { codePointName, invalidCharacter, wholeName } from './characters.ts';
import { textKey } from './shape.ts';

// White space other than spaces would be read back as spaces or line feeds.
const escapes: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#13;',
  '\n': '&#10;',
  '\t': '&#9;',
};
const escapeWith = (text: string, characters: RegExp): string =>
  text.replace(characters, (character) => escapes[character] as string);

const isElement = (value: Plain): value is { attribute?: unknown; value?: unknown } => {
  const keys = Object.keys(value);
  return keys.length > 0 && keys.every((key) => key === 'attribute' || key === 'value');
};

/**
 * Writes a value as the element of this name. `structured` says that `{attribute, value}` stands for an element, and
 * `#text` for text beside elements. Throws input-invalid, naming `field`.
 */
export const writeXml = (name: string, value: unknown, field: string, structured: boolean): string => {
  let size = 0;
  let elements = 0;
  const refuse = (problem: string): never => {
    throw new ActionFailure('input-invalid', problem);
  };
  const count = (text: string): string => {
    size += text.length;
    checkTotal(size, field, 'characters');
    return text;
  };
  const textOf = (part: unknown, escaped: RegExp): string => {
    const text = part instanceof Uint8Array ? Buffer.from(part).toString('base64') : toText(part, `\`${field}\``);
    const invalid = invalidCharacter.exec(text)?.[0];
    if (invalid !== undefined) {
      refuse(`\`${field}\` holds the character ${codePointName(invalid)}, which XML 1.0 cannot; remove it first`);
    }
    return count(escapeWith(text, escaped));
  };
  const nameOf = (text: string): string => {
    if (wholeName.test(text)) return count(text);
    const found = text.length > 40 ? `A name of ${text.length} characters` : JSON.stringify(text);
    return refuse(
      `${found} is no XML name; it must begin with a letter or "_" and go on with letters, digits, "-", "_" and "."`,
    );
  };
  const attributesOf = (attributes: unknown): string => {
    if (attributes === undefined || attributes === null) return '';
    if (!isPlainObject(attributes)) return refuse(`\`${field}\` has an \`attribute\` that is no object`);
    return Object.entries(attributes)
      .map(([key, member]) => ` ${nameOf(key)}="${textOf(member, /[&<>"\r\n\t]/g)}"`)
      .join('');
  };
  const elementOf = (tag: string, part: unknown, depth: number): string => {
    checkDepth(depth, field);
    elements += 1;
    checkWritten(elements, field);
    const element = structured && isPlainObject(part) && isElement(part) ? part : { value: part };
    const start = nameOf(tag) + attributesOf(element.attribute);
    const content = contentOf(element.value, depth);
    return content === '' ? `<${start}/>` : `<${start}>${content}</${count(tag)}>`;
  };
  const membersOf = (key: string, member: unknown, depth: number): string => {
    if (structured && key === textKey) return textOf(member, /[&<>\r]/g);
    if (!Array.isArray(member)) return elementOf(key, member, depth + 1);
    return member.map((item) => elementOf(key, item, depth + 1)).join('');
  };
  const contentOf = (part: unknown, depth: number): string => {
    if (Array.isArray(part)) return part.map((item) => elementOf('item', item, depth + 1)).join('');
    if (!isPlainObject(part)) return textOf(part, /[&<>\r]/g);
    return Object.entries(part)
      .map(([key, member]) => membersOf(key, member, depth))
      .join('');
  };
  return elementOf(name, value, 0);
};
