import { createHash } from 'node:crypto';
import { ActionFailure, bytes, defineAction, integer, oneOf, optional, string } from '../kit/index.ts';
import { encodeBytes, toBytes } from '../support/encode-bytes.ts';

const algorithms = ['MD5', 'MD5-sess', 'SHA-256', 'SHA-256-sess', 'SHA-512-256', 'SHA-512-256-sess'] as const;

const hashes: { readonly [algorithm: string]: string } = {
  MD5: 'md5',
  'SHA-256': 'sha256',
  'SHA-512-256': 'sha512-256',
};

/** A challenge lists what it allows, such as `auth, auth-int`. */
const choose = (qop: string): 'auth' | 'auth-int' | undefined => {
  const offered = qop.split(',').map((one) => one.trim().toLowerCase());
  if (offered.includes('auth')) return 'auth';
  if (offered.includes('auth-int')) return 'auth-int';
  if (qop.trim() === '') return undefined;
  throw new ActionFailure('input-invalid', '`qop` must list auth or auth-int, or be empty; other kinds are unknown');
};

export default defineAction({
  id: 'security/digest-response',
  title: 'Digest response',
  summary: "Computes the parameters that answer a server's digest challenge.",
  documentation: `
RFC 7616. The challenge is the \`www-authenticate\` header of an answer with status 401: pass on its \`realm\`, \`nonce\`,
\`qop\`, \`opaque\` and \`algorithm\`, and give the result to \`security/auth-encode-digest\`. \`auth\` is taken where the
challenge allows several; \`auth-int\` covers the body too. An empty \`qop\` is the older way of RFC 2069. Left out, the
client's nonce is random. \`MD5\` is the default of the standard, and weak: what protects the password is TLS.`,
  fields: {
    username: string({ label: 'User name' }),
    password: string({ label: 'Password' }),
    method: string({ label: 'Method', help: 'Of the request, such as GET.' }),
    uri: string({ label: 'URI', help: 'Path and query of the request, as they are sent.' }),
    realm: string({ label: 'Realm' }),
    nonce: string({ label: 'Nonce' }),
    qop: optional(string({ label: 'Quality of protection', help: 'As in the challenge.' }), ''),
    opaque: optional(string({ label: 'Opaque', help: 'As in the challenge.' })),
    algorithm: optional(oneOf(algorithms, { label: 'Algorithm', help: 'As in the challenge.' }), 'MD5'),
    count: optional(
      integer({
        label: 'Count',
        help: 'How often this nonce was used, with this time.',
        minimum: 1,
        maximum: 2 ** 32 - 1,
      }),
      1,
    ),
    cnonce: optional(string({ label: 'Client nonce', help: 'Left out, it is random.' })),
    body: optional(bytes({ label: 'Body', help: 'Of the request; only for auth-int.' }), ''),
  },
  output: { type: 'object', properties: { response: { type: 'string' } }, required: ['response'] },
  examples: [
    {
      given: {
        username: 'Mufasa',
        password: 'Circle of Life',
        method: 'GET',
        uri: '/dir/index.html',
        realm: 'http-auth@example.org',
        nonce: '7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v',
        qop: 'auth, auth-int',
        opaque: 'FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS',
        algorithm: 'SHA-256',
        cnonce: 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ',
      },
      gives: {
        username: 'Mufasa',
        realm: 'http-auth@example.org',
        uri: '/dir/index.html',
        algorithm: 'SHA-256',
        nonce: '7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v',
        response: '753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1',
        opaque: 'FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS',
        qop: 'auth',
        nc: '00000001',
        cnonce: 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ',
      },
      note: 'RFC 7616, 3.9.1.',
    },
    {
      given: {
        username: 'Mufasa',
        password: 'CircleOfLife',
        method: 'GET',
        uri: '/dir/index.html',
        realm: 'testrealm@host.com',
        nonce: 'dcd98b7102dd2f0e8b11d0f600bfb0c093',
      },
      gives: {
        username: 'Mufasa',
        realm: 'testrealm@host.com',
        uri: '/dir/index.html',
        algorithm: 'MD5',
        nonce: 'dcd98b7102dd2f0e8b11d0f600bfb0c093',
        response: '1949323746fe6a43ef61f9606e7febea',
      },
      note: 'RFC 2069, with its erratum.',
    },
    {
      given: { username: 'a', password: 'b', method: 'GET', uri: '/', realm: 'r', nonce: 'n', qop: 'auth-conf' },
      fails: 'input-invalid',
    },
  ],
  run: (input, { host }) => {
    const { username, realm, uri, nonce, opaque, algorithm = 'MD5', count = 1 } = input;
    const hash = (text: string | Uint8Array): string =>
      createHash(hashes[algorithm.replace('-sess', '')] as string)
        .update(toBytes(text))
        .digest('hex');
    const qop = choose(input.qop ?? '');
    const cnonce = input.cnonce ?? (encodeBytes(host.randomBytes(16), 'base64url') as string);
    const nc = count.toString(16).padStart(8, '0');
    const user = hash(`${username}:${realm}:${input.password}`);
    const a1 = algorithm.endsWith('-sess') ? hash(`${user}:${nonce}:${cnonce}`) : user;
    const request = `${input.method}:${uri}`;
    const a2 = hash(qop === 'auth-int' ? `${request}:${hash(input.body ?? '')}` : request);
    const response = hash(qop === undefined ? `${a1}:${nonce}:${a2}` : `${a1}:${nonce}:${nc}:${cnonce}:${qop}:${a2}`);
    return {
      username,
      realm,
      uri,
      algorithm,
      nonce,
      response,
      ...(opaque !== undefined && { opaque }),
      // A session key needs the client's nonce even where there is no quality of protection.
      ...(qop === undefined ? algorithm.endsWith('-sess') && { cnonce } : { qop, nc, cnonce }),
    };
  },
});
