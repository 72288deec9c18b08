import { deepestJson, parseJsonText } from '../../../document/json-text.ts';
import { Refusal } from '../refusal.ts';

/**
 * Parses JSON (RFC 8259); of a key that stands twice the last counts, and `__proto__` is a key like any other.
 * @throws Refusal 400 for text that is no JSON, with line and column, and for more than 100 levels
 */
export function parseJson(text: string): unknown {
  // Nothing shorter can be nested too deeply.
  if (text.length > 2 * deepestJson) refuseDeep(text);
  try {
    return JSON.parse(text);
  } catch (thrown) {
    const { fault } = parseJsonText(text);
    const where =
      fault === undefined
        ? (thrown as Error).message
        : `at line ${fault.line}, column ${fault.column}: ${fault.message}`;
    throw new Refusal(400, `The body is not JSON ${where}.`.replaceAll(/(The|the end of the) file/g, '$1 body'));
  }
}

const quoteMark = 34;
const backslash = 92;

/** Looks at brackets outside strings only; a text that is no JSON is none of its business. */
function refuseDeep(text: string): void {
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    // "[" and "{" differ in one bit, and so do their closing partners.
    if ((code | 32) === 123) {
      if (++depth > deepestJson) {
        throw new Refusal(400, `The body nests arrays and objects more than ${deepestJson} deep, which is the limit.`);
      }
    } else if ((code | 32) === 125) {
      depth--;
    } else if (code === quoteMark) {
      i = closingQuote(text, i + 1);
    }
  }
}

function closingQuote(text: string, from: number): number {
  let at = text.indexOf('"', from);
  while (at !== -1) {
    let slashes = 0;
    while (text.charCodeAt(at - 1 - slashes) === backslash && at - slashes > from) slashes++;
    if (slashes % 2 === 0) return at;
    at = text.indexOf('"', at + 1);
  }
  return text.length;
}
