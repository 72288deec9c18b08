import { describe, expect, it } from 'vitest';
import { networkOf, SignInLimit } from './sign-in-limit.ts';

describe('the limit of signing in', () => {
  it('counts what is under way, per address and per account', () => {
    const limit = new SignInLimit(() => 0);
    for (let i = 0; i < 10; i++) limit.take('10.0.0.1', `user${i}`);
    expect(() => limit.take('10.0.0.1', 'other')).toThrow(/Try again in 60 s/);
    for (let i = 0; i < 10; i++) limit.take(`10.0.1.${i}`, 'anna');
    expect(() => limit.take('10.0.2.1', 'anna')).toThrow(/too many failed tries/);
    expect(() => limit.take('10.0.2.1', 'berta')).not.toThrow();
  });

  it('does not count what was right', () => {
    const limit = new SignInLimit(() => 0);
    for (let i = 0; i < 30; i++) limit.take('10.0.0.1', 'anna').takeBack();
    for (let i = 0; i < 10; i++) limit.take('10.0.0.1', 'anna');
    expect(() => limit.take('10.0.0.1', 'anna')).toThrow();
  });
});

describe('the network of an address', () => {
  it.each([
    ['127.0.0.1', '127.0.0.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8:1:2::9', '2001:db8:1:2::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ])('%s is of %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});
