import { parseOptions } from '@node-rs/argon2';
import { describe, expect, it } from 'vitest';
import { Passwords } from './passwords.ts';

describe('passwords', () => {
  it('are hashed with argon2id, 19 MiB, 2 passes, 1 lane', async () => {
    const hash = await new Passwords().hash('correct-horse-9');
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(parseOptions(hash)).toMatchObject({ memoryCost: 19_456, timeCost: 2, parallelism: 1, saltLen: 16 });
  });

  it('fit however they are typed (NFKC), and no other does', async () => {
    const passwords = new Passwords();
    const hash = await passwords.hash('Zürich-Café-ﬁn');
    expect(await passwords.fits('Zu\u0308rich-Cafe\u0301-fin', hash)).toBe(true);
    expect(await passwords.fits('Zurich-Café-ﬁn', hash)).toBe(false);
    expect(await passwords.fits('Zürich-Café-ﬁn', null)).toBe(false);
  });

  it('are compared two at a time; those that cannot wait are told so', async () => {
    const passwords = new Passwords();
    const results = await Promise.allSettled(Array.from({ length: 40 }, () => passwords.fits('wrong', null)));
    const refused = results.filter(({ status }) => status === 'rejected');
    expect(refused).toHaveLength(40 - 2 - 32);
    expect(refused[0]).toMatchObject({ reason: { status: 503, about: { headers: { 'Retry-After': '3' } } } });
    expect(await passwords.fits('wrong', null)).toBe(false);
  }, 60_000);
});
