// Headers as RFC 9110, 11 has them: a scheme, a space, then one token or a list of parameters.
import { ActionFailure, type Plain } from '../kit/index.ts';
import { toText } from '../support/text.ts';

const isToken = (text: string): boolean => /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(text);
export const hasControls = (text: string): boolean => /\p{Cc}/u.test(text);

/** Those that RFC 7616 has without quotes in the header of a request. */
const unquoted = new Set(['algorithm', 'charset', 'nc', 'qop', 'stale', 'type', 'userhash', 'username*']);

const encodeParameter = (name: string, value: unknown): string => {
  const where = '`parameters`';
  if (!isToken(name)) {
    throw new ActionFailure(
      'input-invalid',
      `${where} has a name that no header can carry; use letters, digits and "-"`,
    );
  }
  const text = toText(value, `\`parameters.${name}\``);
  if (hasControls(text)) {
    throw new ActionFailure(
      'input-invalid',
      `\`parameters.${name}\` has a line break or another control character; remove it`,
    );
  }
  return `${name}=${unquoted.has(name.toLowerCase()) ? text : `"${text.replace(/["\\]/g, '\\$&')}"`}`;
};

export const encodeParameters = (scheme: string, parameters: Plain): string => {
  if (!isToken(scheme)) {
    throw new ActionFailure('input-invalid', '`type` must be the name of a scheme without spaces, such as Digest');
  }
  const names = Object.keys(parameters).filter((name) => parameters[name] !== null && parameters[name] !== undefined);
  return `${scheme} ${names
    .sort()
    .map((name) => encodeParameter(name, parameters[name]))
    .join(', ')}`;
};

const refuse = (problem: string): never => {
  throw new ActionFailure('data-invalid', `\`authorization\` ${problem}`);
};

const parameter = /\s*([!#$%&'*+\-.^_`|~0-9A-Za-z]+)\s*=\s*(?:"((?:[^"\\]|\\[\s\S])*)"\s*|([^\s,"][^,"]*))(?:,|$)/y;
/** A comma in a value without quotes, as in `qop=auth, auth-int`: no parameter begins there. */
const continuation = /\s*([^\s,="][^,="]*)(?:,|$)/y;

const decodeParameters = (text: string): Map<string, string> => {
  const found = new Map<string, string>();
  let name: string | undefined;
  for (let at = 0; at < text.length; ) {
    parameter.lastIndex = at;
    continuation.lastIndex = at;
    const match = parameter.exec(text);
    const more = match === null && name !== undefined ? continuation.exec(text) : null;
    if (match !== null) {
      name = match[1]?.toLowerCase() as string;
      if (found.has(name)) return refuse('has a parameter twice');
      found.set(name, match[2]?.replace(/\\([\s\S])/g, '$1') ?? (match[3] ?? '').trimEnd());
      at = parameter.lastIndex;
    } else if (more !== null && name !== undefined) {
      found.set(name, `${found.get(name)}, ${more[1]?.trimEnd()}`);
      at = continuation.lastIndex;
    } else {
      return refuse(
        'has parameters that are not name=value or name="value" with commas between; send it as RFC 7616 says',
      );
    }
  }
  return found;
};

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

const decodeBasic = (credentials: string): Plain => {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(credentials)) return refuse('has credentials that are not base64');
  const bytes = Buffer.from(credentials, 'base64');
  let text: string;
  try {
    text = utf8.decode(bytes);
  } catch {
    // RFC 7617 leaves the charset open, and older clients send this one.
    text = bytes.toString('latin1');
  }
  const colon = text.indexOf(':');
  if (colon < 0) return refuse('has credentials without a colon between user and password');
  return { type: 'basic', username: text.slice(0, colon), password: text.slice(colon + 1) };
};

const longest = 16_384;

/** The parts of an Authorization header of type basic, bearer or digest. */
export const decodeAuthorization = (header: string): Plain => {
  if (header.length > longest) return refuse(`has ${header.length} characters, and at most ${longest} are read`);
  const text = header.trim();
  const end = /\s/.exec(text)?.index ?? text.length;
  const scheme = text.slice(0, end).toLowerCase();
  const rest = text.slice(end).trim();
  if (rest === '') return refuse('must be a scheme and credentials, such as "Bearer abc"');
  switch (scheme) {
    case 'basic':
      return decodeBasic(rest);
    case 'bearer':
      return /^[A-Za-z0-9\-._~+/]+=*$/.test(rest)
        ? { type: 'bearer', token: rest }
        : refuse('has a bearer token with characters that RFC 6750 does not allow');
    case 'digest':
      return Object.fromEntries([...decodeParameters(rest).set('type', 'digest')]);
    default:
      return refuse('must have the scheme Basic, Bearer or Digest');
  }
};
