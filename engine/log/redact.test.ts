import { Buffer } from 'node:buffer';
import { describe, expect, it } from 'vitest';
import { createRedactor, patternFault } from './redact.ts';

const make = (options: Partial<Parameters<typeof createRedactor>[0]> = {}) =>
  createRedactor({ names: [], patterns: [], key: 'installation', ...options });
const aMark = /\[redacted:[0-9a-f]{4}\]/;

describe('isSecretName', () => {
  const { isSecretName } = make({ names: ['date-of-birth', 'Customer Number'] });
  it.each([
    'password',
    'PASSWORD',
    'userPassword',
    'user_password',
    'passwords',
    'password2',
    'X-Api-Key',
    'api_key',
    'apikey',
    'APIKey',
    'apiKey',
    'PIN',
    'pin',
    'user-pin',
    'otp1',
    'accessToken',
    'access_token',
    'refresh-tokens',
    'Set-Cookie',
    'cookie',
    'Proxy-Authorization',
    'privateKey',
    'private_key',
    'aws.credentials',
    'sessionId',
    'client_secret',
    'cardNumber',
    'IBAN',
    'ssn',
    'CVV',
    'passPhrase',
    'dateOfBirth',
    'DATE_OF_BIRTH',
    'customerNumber',
  ])('%s is one', (key) => expect(isSecretName(key)).toBe(true));
  it.each([
    '',
    'spinner',
    'shopping',
    'pinned',
    'tokenize',
    'cardinality',
    'discard',
    'secretary',
    'key',
    'passenger',
    'authorId',
    'opinion',
    'birth',
    'date',
    '$secret',
    'ssnake',
  ])('%j is none', (key) => expect(isSecretName(key)).toBe(false));

  it('answers any number of different keys', () => {
    for (let i = 0; i < 25_000; i++) expect(isSecretName(`field${i}`)).toBe(false);
    expect(isSecretName('password')).toBe(true);
    expect(isSecretName(`${'x'.repeat(200_000)}-password`)).toBe(true);
  });
});

describe('mark', () => {
  it('is the same for the same value in one installation only', () => {
    const redactor = make();
    expect(redactor.mark('hunter2')).toMatch(/^\[redacted:[0-9a-f]{4}\]$/);
    expect(make().mark('hunter2')).toBe(redactor.mark('hunter2'));
    const others = ['a', 'b', 'c', 'd'].map((key) => make({ key }).mark('hunter2'));
    expect(new Set([redactor.mark('hunter2'), ...others]).size).toBeGreaterThan(1);
    expect(new Set(['1', '2', '3', '4'].map(redactor.mark)).size).toBeGreaterThan(1);
  });

  it('leaves a mark as it is', () => {
    const redactor = make();
    expect(redactor.mark(redactor.mark('x'))).toBe(redactor.mark('x'));
  });

  it('never shows the value when it fails', () => {
    expect(make({ key: Symbol('no key') as never }).mark('hunter2')).toBe('[redaction failed]');
  });
});

const jwt = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U';
const pem = '-----BEGIN RSA PRIVATE KEY-----\nMIIEow==\n-----END RSA PRIVATE KEY-----';

describe('patterns', () => {
  const { text } = make();
  it.each([
    ['a JSON web token', jwt, `say ${jwt}, please`, 'say *, please'],
    ['one inside a path', jwt, `/login/${jwt}?x=1`, '/login/*?x=1'],
    ['PEM', pem, `key:\n${pem}\nend`, 'key:\n*\nend'],
    ['PEM without its end', '', 'a -----BEGIN PRIVATE KEY-----\nMIIE', 'a *'],
    ['Bearer', 'k3y-91fa', 'use Bearer k3y-91fa', 'use Bearer *'],
    ['bearer in any case', 'abcdefgh', 'bEARER abcdefgh.', 'bEARER *'],
    ['userinfo of a URL', 'me:pa:ss@w', 'postgres://me:pa:ss@w@db:5432/x', 'postgres://*@db:5432/x'],
    ['a card', '4111111111111111', 'card 4111111111111111.', 'card *.'],
    ['a card in groups', '4111 1111 1111 1111', 'no 4111 1111 1111 1111 now', 'no * now'],
    ['a card with hyphens', '5500-0055-5555-5559', '5500-0055-5555-5559', '*'],
    ['a card of fifteen digits', '3714 496353 98431', '3714 496353 98431', '*'],
    ['a card beside other numbers', '4111111111111111', '2026 11 21 4111111111111111 7', '2026 11 21 * 7'],
    ['a query', 'abc', '/x?access_token=abc&page=2', '/x?access_token=*&page=2'],
    ['markup', 'hunter 2', '<a password="hunter 2" b="c"/>', '<a password="*" b="c"/>'],
    ['single quotes', 'hunter2', "login password='hunter2' ok", "login password='*' ok"],
    ['an array in JSON text', '["a]","b"]', '{"password":["a]","b"],"c":[1]}', '{"password":*,"c":[1]}'],
    ['an object in JSON text', '{"a":{"b":1}}', '{"token":{"a":{"b":1}},"c":{}}', '{"token":*,"c":{}}'],
    ['a form', 'hunter2', 'user=me&password=hunter2', 'user=me&password=*'],
    ['a query after names that are none', 'abc', '/x?a=1&b=2&c[token]=abc', '/x?a=1&b=2&c[token]=*'],
    ['JSON in a text', 'hunter2', 'got {"user":"me","password": "hunter2"}', 'got {"user":"me","password": "*"}'],
    ['a number in JSON in a text', '1234', '{"pin":1234,"n":1}', '{"pin":*,"n":1}'],
    ['JSON with quotes in a secret', 'a\\"b', '{"password":"a\\"b","n":1}', '{"password":"*","n":1}'],
    [
      'JSON in JSON in a text',
      'hunter2',
      '{"a":"{\\"api_key\\":\\"hunter2\\",\\"n\\":1}"}',
      '{"a":"{\\"api_key\\":\\"*\\",\\"n\\":1}"}',
    ],
    ['JSON that breaks off', 'hunter2', '{"password":"hunter2', '{"password":"*'],
    [
      'a query in a query',
      'abc',
      '/in?next=%2Fcb%3Ftoken%3Dabc%26x%3D1&page=2',
      '/in?next=%2Fcb%3Ftoken%3D*%26x%3D1&page=2',
    ],
    ['JSON in a query', 'hunter2', '?q=%7B%22password%22%3A%22hunter2%22%7D', '?q=%7B%22password%22%3A%22*%22%7D'],
    ['Bearer in a query', 'k3y-91fa', 'auth=Bearer%20k3y-91fa', 'auth=Bearer%20*'],
    ['a name in markup', 'abc', 'href="/x?a=1&amp;token=abc&amp;b=2"', 'href="/x?a=1&amp;token=*&amp;b=2"'],
    ['a cloud key', 'AKIAIOSFODNN7EXAMPLE', 'id AKIAIOSFODNN7EXAMPLE', 'id *'],
    ['a key with a prefix', `ghp_${'a1'.repeat(18)}`, `token ghp_${'a1'.repeat(18)}!`, 'token *!'],
  ])('%s', (_, secret, given, shown) => {
    const result = text(given);
    expect(result.replace(/\[redacted:[0-9a-f]{4}\]/g, '*')).toBe(shown);
    if (secret !== '') expect(result).not.toContain(secret);
  });

  it.each([
    'Hello World',
    '2026-11-21 04:36:22.123',
    'order 4111111111111112',
    '1763710000000000',
    '1732170982123456789',
    'me@example.com',
    'http://127.0.0.1:8080/hello?name=World',
    'the bearer of news',
    'a=b',
    'page=2&size=10',
    '550e8400-e29b-41d4-a716-446655440000',
    'eyJust a word',
    'snake_case_words_are_quite_ordinary',
    'git@github.com:me/x.git',
    '{"password":null,"spinner":"x"}',
    '{"password":""}',
    'a=1&b=2&c=%41%20%zz%',
    '100% of &c; \\q \\u00 \\x &#; &#x110000; &#99999999999999999999;',
    'C:\\temp\\new\\u0041',
    '%C3%28%FF%F8%ED%A0%80',
    'he said "token" and left',
    '',
  ])('%j is ordinary', (given) => expect(text(given)).toBe(given));

  it('takes texts that are made to be slow', () => {
    const hostile = [
      'eyJ',
      '://',
      'a@',
      '4 ',
      '-----BEGIN ',
      'bearer ',
      '=',
      'password=',
      'AKIA',
      '1-',
      'xoxb-',
      'gh_',
      '4111111111111111 ',
      'pin=1&',
      '"pin":"1",',
      'pas',
      'p1',
      '\\',
      '"',
      '%41',
      '%25',
      '\\u0041',
      '&#45;',
      '&amp;',
      '&',
      '%c3',
      '%22pin%22%3A1,',
    ];
    for (const piece of hostile) expect(text(piece.repeat(60_000))).toBeTypeOf('string');
  });

  it('adds those of the settings, in linear time', () => {
    const redactor = make({ patterns: ['C-\\d{5}', '^(a+)+$'] });
    expect(redactor.text('customer C-20417 called')).toMatch(/^customer \[redacted:[0-9a-f]{4}\] called$/);
    expect(redactor.text(`${'a'.repeat(5000)}!`)).toBe(`${'a'.repeat(5000)}!`);
    expect(patternFault('(')).toBeTypeOf('string');
    expect(patternFault('C-\\d+')).toBeUndefined();
    expect(() => make({ patterns: ['('] })).toThrow();
  });
});

describe('known secrets', () => {
  const secret = 'Zq7#xW9/kL "m"+P\n';
  const redactor = make();
  redactor.setSecrets([secret, 'abc', '84920175', 'unused-other-secret']);
  const bytes = Buffer.from(secret);
  it.each([
    ['plain', secret],
    ['base64', bytes.toString('base64')],
    ['base64url', bytes.toString('base64url')],
    ['base64 with a user name', Buffer.from(`user:${secret}`).toString('base64')],
    ['base64 in the middle', Buffer.from(`ab${secret}cd`).toString('base64')],
    ['URL-encoded', encodeURIComponent(secret)],
    ['URL-encoded in lower case', encodeURIComponent(secret).replace(/%../g, (byte) => byte.toLowerCase())],
    ['as a form', new URLSearchParams({ _: secret }).toString().slice(2)],
    ['hex', bytes.toString('hex')],
    ['HEX', bytes.toString('hex').toUpperCase()],
    ['JSON-escaped', JSON.stringify({ x: secret })],
    ['JSON in JSON', JSON.stringify(JSON.stringify(secret))],
    ['with every byte URL-encoded', bytes.toString('hex').replace(/../g, '%$&')],
    ['URL-encoded twice', encodeURIComponent(encodeURIComponent(secret))],
    ['as markup', secret.replaceAll('"', '&quot;')],
    ['without the line end of its file', secret.trim()],
  ])('%s', (form, given) => {
    const result = redactor.text(`before ${given} after`);
    expect(result).toMatch(aMark);
    expect(result.startsWith('before ')).toBe(true);
    expect(result.endsWith(' after')).toBe(true);
    if (!form.includes('name') && !form.includes('middle')) expect(result).toContain(redactor.mark(secret));
    const pieces = result.replaceAll(/\[redacted:[0-9a-f]{4}\]/g, ' ').split(' ');
    for (const piece of pieces) expect(piece.length < 8 || !given.includes(piece)).toBe(true);
  });

  it.each([
    ['JSON that is all ASCII', 'pässwörd😀', 'p\\u00e4ssw\\u00f6rd\\ud83d\\ude00'],
    ['JSON for HTML', 'a<b>c&d+e', 'a\\u003cb\\u003ec\\u0026d\\u002be'],
    ['JSON with capital escapes', 'pässwörd', 'p\\u00E4ssw\\u00F6rd'],
  ])('%s', (_, value, form) => {
    const other = make();
    other.setSecrets([value]);
    expect(other.text(`a ${form} b`)).toBe(`a ${other.mark(value)} b`);
  });

  it.each([
    ['URL-encoded in part', 'n3w%2Ds3cret%2Dvalue'],
    ['URL-encoded in part, in lower case', 'n3w%2ds3cret-val%75e'],
    ['URL-encoded in part, twice', 'n3w%252Ds3cret-value'],
    ['every letter and no sign', '%6E3w-s3%63ret-value'],
    ['as escape() of browsers writes', 'n3w%u002Ds3cret%2Dvalue'],
    ['JSON-escaped in part', 'n3w\\u002ds3cret-value'],
    ['JSON-escaped in part, JSON in JSON', 'n3w\\\\u002Ds3cret-value'],
    ['as programs escape', 'n3w\\x2ds3cret\\x2Dvalue'],
    ['as markup, decimal', 'n3w&#45;s3cret&#045;value'],
    ['as markup, hexadecimal', 'n3w&#x2D;s3cret-value'],
    ['as markup, URL-encoded', 'n3w%26%2345%3Bs3cret-value'],
    ['mixed', 'n3w%2Ds3cret\\u002dv&#97;lue'],
    ['in base64, URL-encoded', encodeURIComponent(Buffer.from('me:n3w-s3cret-value').toString('base64'))],
  ])('over-encoded: %s', (name, form) => {
    const other = make();
    other.setSecrets(['n3w-s3cret-value', 'pässwörd & more', 'fifty%2 five\\n']);
    const { mark } = other;
    const filler = 'x%20y 100% \\d & ';
    if (name.startsWith('in base64')) expect(other.text(form)).toMatch(aMark);
    else expect(other.text(`${filler}${form}${filler}`)).toBe(`${filler}${mark('n3w-s3cret-value')}${filler}`);
    const head = other.head(
      `${'z'.repeat(40)}${name.startsWith('in base64') ? 'n3w-s3cret%2Dvalue' : form}${'z'.repeat(20_000)}`,
      45,
    );
    expect(head.replace(aMark, '')).toBe('z'.repeat(40));
  });

  it.each([
    ['p%C3%A4ssw\\u00f6rd %26 more', 'pässwörd & more'],
    ['p&#228;ssw%F6rd+&amp;+more', 'pässwörd & more'],
    ['p%E4sswörd%20&amp;%20more', 'pässwörd & more'],
    ['fifty%2 fi%76e\\n', 'fifty%2 five\\n'],
    ['😀%F0%9F%98%80abc', '😀😀abc'],
  ])('over-encoded, beyond ASCII and beside what looks so: %s', (form, value) => {
    const other = make();
    other.setSecrets([value]);
    expect(other.text(`<${form}>`)).toBe(`<${other.mark(value)}>`);
  });

  it('over-encoded in a long text', () => {
    const other = make();
    other.setSecrets(['n3w-s3cret-value']);
    const before = 'plain words '.repeat(20_000);
    const shown = other.text(`${before}n3w-s3cret%2Dvalue${before}`);
    expect(shown).toBe(`${before}${other.mark('n3w-s3cret-value')}${before}`);
  });

  it('that overlap leave nothing of either', () => {
    const other = make();
    other.setSecrets(['abcdef', 'defghi', 'zzzz']);
    expect(other.text('1 abcdefghi 2')).toBe(`1 ${other.mark('abcdefghi')} 2`);
    expect(other.text('1 zzzzzzzzz 2')).toBe(`1 ${other.mark('zzzzzzzzz')} 2`);
    expect(other.text('abcdef-defghi')).toBe(`${other.mark('abcdef')}-${other.mark('defghi')}`);
  });

  it('so many that marks would take long are taken out with all that follows', () => {
    const other = make();
    other.setSecrets(['hunter2']);
    const text = other.text(`${'hunter2 x '.repeat(5000)}end`);
    expect(text).not.toContain('hunter2');
    expect(text.match(/\[redacted:[0-9a-f]{4}\]/g)?.length).toBe(1001);
    expect(text.endsWith(']')).toBe(true);
  });

  it('head is the beginning of the redacted whole', () => {
    const other = make();
    other.setSecrets(['hunter2-and-more']);
    const text = `${'x'.repeat(50)}hunter2-and-more${'y'.repeat(50)}`;
    for (let units = 1; units < 120; units++) {
      const head = other.head(text, units);
      expect(other.text(text).startsWith(head)).toBe(true);
      expect(head.includes('[redacted:')).toBe(units > 50);
    }
  });

  it('every one of many, wherever it stands', () => {
    const many = Array.from({ length: 300 }, (_, i) => `secret-number-${i * 7919}-end`);
    const search = make();
    search.setSecrets(many);
    for (const one of many) {
      expect(search.text(`x${one}y`)).toBe(`x${search.mark(one)}y`);
      expect(search.text(one)).toBe(search.mark(one));
    }
    expect(search.text(many.join(''))).not.toContain('secret-number');
  });

  it('a short one is not looked for, one of digits also as a number', () => {
    expect(redactor.text('abc')).toBe('abc');
    expect(redactor.watchesNumbers).toBe(true);
    expect(redactor.text('84920175')).toBe(redactor.mark('84920175'));
    redactor.setSecrets([]);
    expect(redactor.watchesNumbers).toBe(false);
    expect(redactor.text(secret)).toBe(secret);
  });

  it('that overlaps a pattern goes with it', () => {
    const other = make();
    other.setSecrets(['https://me:pw@host/path', 'host/pa']);
    expect(other.text('at https://me:pw@host/path now')).toBe(`at ${other.mark('https://me:pw@host/path')} now`);
  });
});
