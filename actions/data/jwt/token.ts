import { ActionFailure, isPlainObject, oneOf, optional, type Plain } from '../../kit/index.ts';
import { decodeJson } from '../../support/json.ts';

export const invalid = (problem: string): ActionFailure =>
  new ActionFailure('token-invalid', `\`jwt\` ${problem}; ask whoever issued it for a valid one`);

/** Which part of a token is the result. */
export const partField = optional(
  oneOf(['claims', 'header', 'all'], { label: 'Part', help: 'all gives an object with header and claims.' }),
  'claims',
);

interface Token {
  header: Plain;
  claims: Plain;
}

export const partOf = ({ header, claims }: Token, part: 'claims' | 'header' | 'all'): Plain =>
  part === 'all' ? { header, claims } : part === 'header' ? header : claims;

const longestToken = 1_000_000;

const decodePart = (part: string, name: string): Plain => {
  if (!/^[A-Za-z0-9_-]+$/.test(part)) throw invalid(`has a ${name} that is not base64url`);
  const value = decodeJson(Buffer.from(part, 'base64url').toString('utf8'), `The ${name} of \`jwt\``, 'token-invalid');
  if (!isPlainObject(value)) throw invalid(`has a ${name} that is not a JSON object`);
  return value;
};

/** Bits that say nothing, padding and other alphabets would give one signature several spellings (RFC 7515, 2). */
export const hasProperSignature = (jwt: string): boolean => {
  const signature = jwt.slice(jwt.lastIndexOf('.') + 1);
  return Buffer.from(signature, 'base64url').toString('base64url') === signature;
};

/** What a token says (RFC 7519), without asking whether it is true. */
export const readToken = (jwt: string): Token => {
  if (jwt.length > longestToken) {
    throw invalid(`has ${jwt.length} characters, and at most ${longestToken} are read`);
  }
  if (/^bearer\s/i.test(jwt.trimStart()))
    throw new ActionFailure('token-invalid', '`jwt` begins with "Bearer"; give what follows it');
  const parts = jwt.trim().split('.', 6);
  if (parts.length === 5) throw invalid('is encrypted (JWE, five parts), and only signed ones can be read');
  if (parts.length !== 3) throw invalid('must have three parts with dots between');
  const [header, claims] = parts as [string, string];
  return { header: decodePart(header, 'header'), claims: decodePart(claims, 'claims') };
};
