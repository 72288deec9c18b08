import { describe, expect, it } from 'vitest';
import { BrowserStore } from './browser-store.ts';

describe('what a browser remembers', () => {
  it.each([
    [
      'denies the area',
      () => {
        throw new Error('SecurityError');
      },
    ],
    [
      'has no room',
      () => ({
        getItem: () => null,
        setItem: () => {
          throw new Error('QuotaExceededError');
        },
        removeItem: () => {},
      }),
    ],
  ])('is there as long as the page where it %s', (_, area) => {
    const store = new BrowserStore(area as unknown as () => Storage);
    expect(store.getItem('a')).toBeNull();
    store.setItem('a', '1');
    expect(store.getItem('a')).toBe('1');
    store.removeItem('a');
    expect(store.getItem('a')).toBeNull();
  });
});
