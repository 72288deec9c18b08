import { describe, expect, it } from 'vitest';
import { clearedCookies, sessionCookie, sessionIdsIn } from './cookie.ts';

const id = 'a'.repeat(43);
const other = 'b'.repeat(43);

describe('the session cookie', () => {
  it('is bound to the host and kept from scripts and other sites', () => {
    expect(sessionCookie(id, true)).toBe(
      `__Host-sluice=${id}; Max-Age=604800; Secure; Path=/; HttpOnly; SameSite=Strict`,
    );
    expect(sessionCookie(id, false)).toBe(`sluice-session=${id}; Max-Age=604800; Path=/; HttpOnly; SameSite=Strict`);
    expect(clearedCookies.map((cookie) => cookie.split(';').slice(0, 2))).toEqual([
      ['__Host-sluice=', ' Max-Age=0'],
      ['sluice-session=', ' Max-Age=0'],
    ]);
  });

  it('is found among others, the safer one first', () => {
    expect(sessionIdsIn(`a=1; sluice-session=${other}; b; __Host-sluice=${id}; __proto__=${id}`)).toEqual([id, other]);
    expect(sessionIdsIn(undefined)).toEqual([]);
  });

  it.each(['', '=', ';;;', `__Host-sluice=${id}x`, `__Host-sluice="${id}"`, `__host-sluice=${id}`, 'x'.repeat(10_000)])(
    'is not %j',
    (header) => {
      expect(sessionIdsIn(header)).toEqual([]);
    },
  );
});
