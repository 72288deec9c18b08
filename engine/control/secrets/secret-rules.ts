import { idRule, isId } from '../../document/address.ts';
import { quote } from '../../document/found.ts';
import { ControlFault } from '../control.ts';

/** Bytes of UTF-8 that a value may have. */
export const longestSecret = 65_536;

/** @throws ControlFault 400 for a name that is no id */
export function checkName(name: string): void {
  if (!isId(name)) throw new ControlFault(400, `"name" must be ${idRule}, found ${quote(name)}.`, 'name');
}

/**
 * What was found is told by kind and size only: it is, or is meant to be, a secret.
 * @throws ControlFault 400 for what is no text, empty or too long
 */
export function checkValue(value: unknown): asserts value is string {
  const refuse = (found: string): never => {
    throw new ControlFault(400, `"value" must be a text of 1 to ${longestSecret} bytes in UTF-8, ${found}.`, 'value');
  };
  if (typeof value !== 'string') return refuse(`found ${value === null ? 'null' : `another type (${typeof value})`}`);
  const bytes = Buffer.byteLength(value);
  if (bytes === 0) return refuse('found an empty text');
  if (bytes > longestSecret) return refuse(`found ${bytes} bytes`);
  if (Buffer.from(value).toString() !== value) return refuse('found half a character (an unpaired surrogate)');
}
