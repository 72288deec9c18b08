import { networkInterfaces } from 'node:os';
import { describe, expect, it } from 'vitest';
import { isNeverAllowed, isPrivate, normalAddress } from './address.ts';
import { createGuard, type OutgoingSettings } from './outgoing-guard.ts';
import { parseRule } from './outgoing-rule.ts';

describe('normalAddress', () => {
  it.each([
    ['10.1.2.3', '10.1.2.3'],
    ['::1', '::1'],
    ['[::1]', '::1'],
    ['FE80::1%eth0', 'fe80::1'],
    ['::ffff:127.0.0.1', '127.0.0.1'],
    ['::ffff:7f00:1', '127.0.0.1'],
    ['0:0:0:0:0:ffff:a9fe:a9fe', '169.254.169.254'],
    ['::127.0.0.1', '127.0.0.1'],
    ['64:ff9b::a9fe:a9fe', '169.254.169.254'],
    ['2002:7f00:1::', '127.0.0.1'],
    ['2001:0:0:0:0:0:80ff:fffe', '127.0.0.1'],
    ['::ffff:0:169.254.169.254', '169.254.169.254'],
    ['::ffff:0:7f00:1', '127.0.0.1'],
    ['64:ff9b:1::a9fe:a9fe', '169.254.169.254'],
    ['64:ff9b:1::8.8.8.8', '8.8.8.8'],
    ['64:ff9b:1:a9fe:a9:fe00::', '169.254.169.254'],
    ['64:ff9b:1:7f00:0:100:808:808', '127.0.0.1'],
    ['64:ff9b:1:c0a:1:203::', '10.1.2.3'],
    ['64:ff9b:1:5:a:102:300:0', '10.1.2.3'],
    ['64:ff9b:1:808:8:800::', '8.8.8.8'],
    ['64:ff9b:1::', '0.0.0.0'],
    ['::fffe:0:7f00:1', '::fffe:0:7f00:1'],
    ['::', '::'],
    ['2001:db8::1', '2001:db8::1'],
    ['example.com', undefined],
    ['2130706433', undefined],
  ])('%s', (text, address) => {
    expect(normalAddress(text)).toBe(address);
  });
});

describe('kinds of addresses', () => {
  const forbidden = [
    '169.254.169.254',
    '0.0.0.0',
    '::',
    '224.0.0.1',
    '255.255.255.255',
    'fe80::1',
    'ff02::1',
    'fd00:ec2::254',
    '100.100.100.200',
  ];
  const inside = [
    '10.0.0.1',
    '127.0.0.1',
    '127.9.9.9',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '100.64.0.1',
    '::1',
    'fc00::1',
    'fd12::1',
  ];
  const outside = ['8.8.8.8', '172.32.0.1', '192.169.0.1', '100.128.0.1', '2606:4700::1111'];
  it('are told apart', () => {
    expect(forbidden.filter((address) => !isNeverAllowed(address))).toEqual([]);
    expect(inside.filter((address) => isNeverAllowed(address) || !isPrivate(address))).toEqual([]);
    expect(outside.filter((address) => isNeverAllowed(address) || isPrivate(address))).toEqual([]);
  });
});

const allows = (
  settings: Partial<OutgoingSettings>,
  host: string,
  port: number,
  address: string,
  controlPort = 4000,
): boolean => {
  const guard = createGuard({ private: true, allow: [], deny: [], ...settings }, controlPort);
  try {
    guard({ host, port, address });
    return true;
  } catch (thrown) {
    expect(thrown).toMatchObject({ code: 'request-forbidden', message: expect.stringContaining(address) });
    return false;
  }
};

describe('the guard', () => {
  it.each([
    ['a public host', {}, 'example.com', 443, '93.184.216.34', true],
    ['a private host', {}, 'db.local', 5432, '10.0.0.5', true],
    ['a private host with private off', { private: false }, 'db.local', 5432, '10.0.0.5', false],
    ['loopback with private off', { private: false }, 'localhost', 80, '::1', false],
    ['a public host with private off', { private: false }, 'example.com', 443, '93.184.216.34', true],
    ['an allowed private host', { private: false, allow: ['db.local'] }, 'db.local', 5432, '10.0.0.5', true],
    ['an allowed private port', { private: false, allow: ['db.local:5432'] }, 'db.local', 5432, '10.0.0.5', true],
    ['another port of it', { private: false, allow: ['db.local:5432'] }, 'db.local', 22, '10.0.0.5', false],
    ['an allowed network', { private: false, allow: ['10.0.0.0/8'] }, 'db.local', 5432, '10.0.0.5', true],
    ['an address outside of it', { private: false, allow: ['10.0.0.0/8'] }, 'db.local', 5432, '192.168.0.5', false],
    ['an allowed suffix', { private: false, allow: ['*.local'] }, 'db.local', 5432, '10.0.0.5', true],
    ['a name that only ends alike', { private: false, allow: ['*.local'] }, 'notlocal', 80, '10.0.0.5', false],
    ['a denied host', { deny: ['example.com'] }, 'example.com', 443, '93.184.216.34', false],
    ['a denied address, whatever its name', { deny: ['93.184.216.34'] }, 'other.example', 443, '93.184.216.34', false],
    ['a denied IPv6 network', { deny: ['2001:db8::/32'] }, 'six.example', 443, '2001:db8::7', false],
    [
      'a denied host that is allowed too',
      { allow: ['example.com'], deny: ['*'] },
      'example.com',
      443,
      '93.184.216.34',
      true,
    ],
    ['the others then', { allow: ['example.com'], deny: ['*'] }, 'example.org', 443, '93.184.216.35', false],
    ['metadata, even if allowed', { allow: ['*', '169.254.0.0/16'] }, 'metadata', 80, '169.254.169.254', false],
    ['the unspecified address', { allow: ['*'] }, '0.0.0.0', 4000, '0.0.0.0', false],
    ['the control port on loopback, even if allowed', { allow: ['*'] }, 'localhost', 4000, '127.0.0.1', false],
    ['the control port on IPv6 loopback', {}, 'localhost', 4000, '::1', false],
    ['another port on loopback', {}, 'localhost', 4001, '127.0.0.1', true],
    ['the same port elsewhere', {}, 'example.com', 4000, '93.184.216.34', true],
    ['anything while a rule cannot be read', { deny: ['http://x'] }, 'example.com', 443, '93.184.216.34', false],
  ])('%s', (_what, settings, host, port, address, allowed) => {
    expect(allows(settings, host, port, address)).toBe(allowed);
  });

  it('knows every address of this machine', () => {
    const own = Object.values(networkInterfaces())
      .flatMap((entries) => entries ?? [])
      .find(({ family, internal }) => family === 'IPv4' && !internal);
    if (own !== undefined) expect(allows({}, 'self', 4000, own.address)).toBe(false);
    expect(allows({}, 'self', 4000, '127.0.0.2')).toBe(false);
  });
});

describe('parseRule', () => {
  const to = (host: string, port = 80, address = '192.0.2.1') => ({ host, port, address });
  it.each([
    ['Example.COM', to('example.com'), true],
    ['example.com.', to('example.com'), true],
    ['bücher.example', to('xn--bcher-kva.example'), true],
    ['*.example.com', to('a.example.com'), true],
    ['*.example.com', to('example.com'), false],
    ['*.example.com:443', to('a.example.com', 443), true],
    ['::1', to('::1', 80, '::1'), true],
    ['[::1]:8080', to('::1', 8080, '::1'), true],
    ['[::1]:8080', to('::1', 80, '::1'), false],
    ['127.0.0.1:80', to('127.0.0.1', 80, '127.0.0.1'), true],
    ['0x7f.1', to('localhost', 80, '127.0.0.1'), true],
    ['::ffff:10.0.0.1', to('x', 80, '10.0.0.1'), true],
  ])('%s', (text, destination, expected) => {
    const rule = parseRule(text);
    expect(typeof rule === 'function' && rule(destination)).toBe(expected);
  });

  it.each(['', 'http://example.com', '10.0.0.0/33', 'nothing/8', 'host:0', 'host:99999', 'a b', '*.', 'host:port'])(
    '%j is none',
    (text) => {
      expect(parseRule(text)).toContain('allowed are');
    },
  );
});
