import { describe, expect, it } from 'vitest';
import { nameFault, nameKey, passwordFault } from './account.ts';

describe('user names', () => {
  it.each(['a', 'anna', 'Anna.B-c_d@example.com', '7', 'x'.repeat(64), 'ａｎｎａ'])('may be %j', (name) => {
    expect(nameFault(name)).toBeUndefined();
  });

  it.each(['', ' ', 'anna ', 'a b', 'x'.repeat(65), 'a/b', 'a\n', 'аnna', '<b>', 'a\u202e', '__proto__ '])(
    'may not be %j',
    (name) => {
      expect(nameFault(name)).toMatch(/^A user name must be 1 to 64 of .*, found .*\.$/);
    },
  );

  it.each(['api-token', 'LOCAL', 'nobody'])('may not be %s, which records use', (name) => {
    expect(nameFault(name)).toMatch(/stands for something else/);
  });

  it('are compared without regard to case and width', () => {
    expect(nameKey('Ａnna')).toBe(nameKey('aNNA'));
  });
});

describe('passwords', () => {
  it.each(['twelve chars', 'x'.repeat(1024), 'пароль пароль', '🐴🐴🐴🐴🐴🐴🐴🐴🐴🐴🐴🐴'])('may be %j', (password) => {
    expect(passwordFault(password, 'anna')).toBeUndefined();
  });

  it('may not be too short or too long, and the message does not hold it', () => {
    expect(passwordFault('eleven char', 'anna')).toBe('A password must have 12 to 1024 characters, found 11.');
    expect(passwordFault('x'.repeat(1025), 'anna')).toMatch(/found 1025\.$/);
    expect(passwordFault('🐴🐴🐴🐴🐴🐴', 'anna')).toMatch(/found 6\.$/);
  });

  it('may not be the name', () => {
    expect(passwordFault('Anna.Long.Name', 'anna.long.name')).toMatch(/must not be the user name/);
  });
});
