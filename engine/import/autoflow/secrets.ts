import { quote } from '../../document/found.ts';
import type { Json } from '../../document/types.ts';
import type { Names } from '../ids.ts';
import { toId } from '../ids.ts';
import type { Report } from '../report.ts';
import type { Source } from '../source.ts';

const secretName =
  /pass(?:word|wd|phrase|code)?(?![a-z])|pwd|secret|token|credential|authorization|api[-_]?key|access[-_]?key|private[-_]?key|(?:^|[-_])key$|^community$/i;
const privateKey = /-----BEGIN [A-Z ]*PRIVATE KEY-----/;
/** An address with user and password in it (RFC 3986, section 3.2.1). */
const withPassword = /^[a-z][a-z0-9+.-]*:\/\/[^\s/?#@]*:[^\s/?#@]+@/i;

/** Whether a setting of this name holds what nobody should read. */
export const isSecretName = (name: string): boolean => secretName.test(name.replace(/([a-z])([A-Z])/g, '$1-$2'));

const isSecretText = (text: string): boolean => privateKey.test(text) || withPassword.test(text);

/**
 * Settings with every secret in them replaced by the name of one that has yet to be set, so that no document holds it.
 * @param owner the id that the names of secrets begin with
 */
export function withoutSecrets(
  source: Source,
  { owner, names, report, node }: { owner: string; names: Names; report: Report; node: string },
): Json {
  const replaced = (at: Source, keys: readonly string[]): Json => {
    const name = names.give(toId([owner, ...keys].join('-'), 'secret'));
    report.warn(
      node,
      at,
      `What ${quote(keys.at(-1) ?? '')} holds is a secret and was not taken over. Set the secret ${quote(name)}.`,
    );
    return { $secret: name };
  };
  const walk = (at: Source, keys: readonly string[], isSecret: boolean): Json => {
    const { value } = at;
    if (typeof value === 'string')
      return value !== '' && (isSecret || isSecretText(value)) ? replaced(at, keys) : value;
    if (typeof value === 'number') return isSecret ? replaced(at, keys) : value;
    if (Array.isArray(value)) return at.items.map((item, index) => walk(item, [...keys, String(index + 1)], isSecret));
    if (at.object === undefined) return value ?? null;
    // A structure with a name and a value, as headers are often listed.
    const label = at.at('name').text ?? at.at('key').text;
    return Object.fromEntries(
      at.members.map(([key, member]) => {
        const isLabelled = key === 'value' && label !== undefined && isSecretName(label);
        const isLabel = member.text !== undefined && member.text === label;
        return [key, walk(member, [...keys, key], !isLabel && (isSecret || isLabelled || isSecretName(key)))];
      }),
    );
  };
  return walk(source, [], false);
}
