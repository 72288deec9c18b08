import { found, quote } from '../../document/found.ts';
import { reservedNames } from './user.ts';

const fewestCharacters = 12;
const mostCharacters = 1024;
/** A character has up to four bytes; more is no password but an attack. */
const mostBytes = 4096;

/** The same text for every way that keyboards and systems have of writing it (Unicode, NFKC). */
export const normalised = (text: string): string => text.normalize('NFKC');

/** Two names that differ in case only are one. */
export const nameKey = (name: string): string => normalised(name).toLowerCase();

/** Why a text cannot be a user name; undefined when it can. */
export function nameFault(name: string): string | undefined {
  if (!/^[A-Za-z0-9_.@-]{1,64}$/.test(normalised(name)))
    return `A user name must be 1 to 64 of the letters a to z, digits and the characters _ - . @, found ${found(name)}.`;
  if (reservedNames.includes(nameKey(name)))
    return `The name ${quote(name)} stands for something else in the logs. Choose another.`;
  return undefined;
}

/** Why a text cannot be the password of a user; undefined when it can. No message holds the text itself. */
export function passwordFault(password: string, name: string): string | undefined {
  const length = [...normalised(password)].length;
  if (length < fewestCharacters || length > mostCharacters || Buffer.byteLength(normalised(password)) > mostBytes)
    return `A password must have ${fewestCharacters} to ${mostCharacters} characters, found ${length}.`;
  if (nameKey(password) === nameKey(name))
    return 'The password must not be the user name. Choose one that others cannot guess.';
  return undefined;
}
