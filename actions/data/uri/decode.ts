import { ActionFailure, defineAction, string } from '../../kit/index.ts';
import { defaultPorts } from './ports.ts';

const fail = (problem: string): never => {
  throw new ActionFailure('data-invalid', `\`uri\` ${problem}`);
};

// RFC 3986, appendix B.
const parts = /^(?:([A-Za-z][A-Za-z0-9+.-]*):)?(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/s;
const foreign = /%(?![0-9A-Fa-f]{2})|[^A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=%]/u;
const hostAndPort = /^(\[[0-9A-Fa-fv:.]+\]|[^:[\]]*)(?::([0-9]*))?$/;

const readAuthority = (authority: string): { userinfo: string | null; host: string; port: number | null } => {
  const at = authority.lastIndexOf('@');
  const found = hostAndPort.exec(authority.slice(at + 1));
  const port = found?.[2] ? Number(found[2]) : null;
  if (!found || (port ?? 0) > 65_535) return fail('has a host or port that is none; a port is a number up to 65535');
  return {
    userinfo: at < 0 ? null : authority.slice(0, at),
    host: (found[1] as string).replace(/^\[|\]$/g, ''),
    port,
  };
};

export default defineAction({
  id: 'data/uri/decode',
  title: 'Decode URI',
  summary: 'Takes a URI apart.',
  keywords: ['parse', 'url'],
  documentation: `
By RFC 3986; gives \`{scheme, userinfo, host, port, path, query, fragment}\`, with null for what is not there. A reference
without a scheme is read too. The scheme is put in small letters, an IPv6 address comes without its brackets, and \`port\`
is that of the scheme where none is written (80 for http and ws, 443 for https and wss, 21 for ftp, 22 for sftp and ssh, 69
for tftp, 389 and 636 for ldap and ldaps). The parts stay percent-encoded: data/uri/decode-query reads the query. A
character that may not stand in a URI, such as a space or a letter outside of ASCII, fails.`,
  fields: { uri: string({ label: 'URI' }) },
  output: {
    type: 'object',
    properties: {
      scheme: { type: ['string', 'null'] },
      userinfo: { type: ['string', 'null'] },
      host: { type: ['string', 'null'] },
      port: { type: ['integer', 'null'] },
      path: { type: ['string', 'null'] },
      query: { type: ['string', 'null'] },
      fragment: { type: ['string', 'null'] },
    },
  },
  failures: { 'data-invalid': 'The text is no URI.' },
  examples: [
    {
      given: { uri: 'HTTPS://ann@api.example:8443/orders?page=2#top' },
      gives: {
        scheme: 'https',
        userinfo: 'ann',
        host: 'api.example',
        port: 8443,
        path: '/orders',
        query: 'page=2',
        fragment: 'top',
      },
    },
    {
      given: { uri: 'http://[2001:db8::7]' },
      gives: {
        scheme: 'http',
        userinfo: null,
        host: '2001:db8::7',
        port: 80,
        path: null,
        query: null,
        fragment: null,
      },
    },
    {
      given: { uri: 'mailto:ann@shop.example?subject=' },
      gives: {
        scheme: 'mailto',
        userinfo: null,
        host: null,
        port: null,
        path: 'ann@shop.example',
        query: 'subject=',
        fragment: null,
      },
    },
    { given: { uri: 'http://api.example/a b' }, fails: 'data-invalid', note: 'A space has to be %20.' },
    { given: { uri: 'http://api.example:port/' }, fails: 'data-invalid' },
    { given: { uri: 80 }, fails: 'input-invalid' },
  ],
  run: ({ uri }) => {
    const invalid = foreign.exec(uri)?.[0];
    if (invalid !== undefined) fail(`has ${JSON.stringify(invalid)}, which has to be percent-encoded`);
    const [, written, authority, path, query, fragment] = parts.exec(uri) ?? [];
    const scheme = written?.toLowerCase() ?? null;
    const { userinfo, host, port } =
      authority === undefined ? { userinfo: null, host: null, port: null } : readAuthority(authority);
    return {
      scheme,
      userinfo,
      host,
      port: port ?? defaultPorts.get(scheme ?? '') ?? null,
      path: path || null,
      query: query ?? null,
      fragment: fragment ?? null,
    };
  },
});
