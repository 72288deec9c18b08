/** Bytes; archives count them in two bytes, file systems take less. */
const longestName = 4096;

/**
 * What is wrong with the name of an entry of an archive, so that unpacking it could write somewhere else; undefined for
 * nothing.
 */
export const faultOfName = (name: string): string | undefined => {
  if (name === '') return 'is empty';
  if (Buffer.byteLength(name) > longestName) return `is longer than ${longestName} bytes`;
  if (name.includes('\0')) return 'has a zero character';
  const parts = name.split(/[/\\]/);
  if (parts[0] === '' || /^[A-Za-z]:/.test(name)) return 'is an absolute path';
  return parts.includes('..') ? 'leads out of the folder with ".."' : undefined;
};

export const shownName = (name: string): string =>
  name.length > 60 ? `a name of ${name.length} characters` : JSON.stringify(name);
