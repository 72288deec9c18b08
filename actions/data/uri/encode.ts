import { ActionFailure, defineAction, integer, optional, string } from '../../kit/index.ts';
import { encodeExcept } from './percent.ts';
import { defaultPorts } from './ports.ts';

const fail = (problem: string): never => {
  throw new ActionFailure('input-invalid', problem);
};

const ipv6 = /^\[?([0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*)\]?$/;

// What each part may hold besides percent-encoded characters (RFC 3986, appendix A).
const inUser = /^[\w\-.~!$&'()*+,;=:]$/;
const inHost = /^[\w\-.~!$&'()*+,;=]$/;
const inPath = /^[\w\-.~!$&'()*+,;=:@/]$/;
const inQuery = /^[\w\-.~!$&'()*+,;=:@/?]$/;

export default defineAction({
  id: 'data/uri/encode',
  title: 'Encode URI',
  summary: 'Puts a URI together from its parts.',
  keywords: ['build', 'url'],
  documentation: `
By RFC 3986. Characters that may not stand in a part are percent-encoded as UTF-8, and what is percent-encoded already
stays, so that the parts that data/uri/decode gives make the same URI again. An IPv6 address gets its brackets, and a port
that is the usual one of the scheme is left out. The query is a text: data/uri/encode-query makes one from an object. A path
begins with \`/\`; any other fails, since it would go on with the host.`,
  fields: {
    scheme: string({ label: 'Scheme', help: 'For example https.' }),
    userinfo: optional(string({ label: 'User info', help: 'What stands before @.' })),
    host: string({ label: 'Host' }),
    port: optional(integer({ label: 'Port', minimum: 0, maximum: 65_535 })),
    path: optional(string({ label: 'Path', help: 'Begins with /.' }), ''),
    query: optional(string({ label: 'Query', help: 'Without the question mark.' })),
    fragment: optional(string({ label: 'Fragment', help: 'Without the #.' })),
  },
  output: { type: 'string' },
  examples: [
    {
      given: { scheme: 'https', host: 'api.example', path: '/orders', query: 'page=2', fragment: 'top', port: 8443 },
      gives: 'https://api.example:8443/orders?page=2#top',
    },
    { given: { scheme: 'http', host: '2001:db8::7', port: 80 }, gives: 'http://[2001:db8::7]' },
    {
      given: { scheme: 'https', userinfo: 'ann', host: 'shop.example', path: '/grüne blumen%2F?', query: 'a=b c' },
      gives: 'https://ann@shop.example/gr%C3%BCne%20blumen%2F%3F?a=b%20c',
    },
    { given: { scheme: 'https', host: 'api.example', path: 'orders' }, fails: 'input-invalid' },
    { given: { scheme: '1st', host: 'api.example' }, fails: 'input-invalid' },
  ],
  run: ({ scheme, userinfo, host, port, path, query, fragment }) => {
    if (!/^[A-Za-z][A-Za-z0-9+.-]*$/.test(scheme))
      fail('`scheme` must begin with a letter and go on with letters, digits, "+", "-" and "."');
    if (path !== '' && !path.startsWith('/')) fail('`path` must begin with "/" or be empty');
    const address = ipv6.exec(host)?.[1];
    const authority = [
      userinfo === undefined ? '' : `${encodeExcept(userinfo, inUser, 'userinfo')}@`,
      address === undefined ? encodeExcept(host, inHost, 'host') : `[${address}]`,
      port === undefined || port === defaultPorts.get(scheme.toLowerCase()) ? '' : `:${port}`,
    ].join('');
    const tail =
      (query === undefined ? '' : `?${encodeExcept(query, inQuery, 'query')}`) +
      (fragment === undefined ? '' : `#${encodeExcept(fragment, inQuery, 'fragment')}`);
    return `${scheme}://${authority}${encodeExcept(path, inPath, 'path')}${tail}`;
  },
});
