import { describe, expect, it } from 'vitest';
import { settingKeys } from '../../engine/settings/table.ts';
import { labelOf, partOf, sectionOf, sections } from './sections.ts';

describe('the sections of the settings', () => {
  it('have a place for every key', () => {
    const [first, ...others] = sections;
    for (const key of settingKeys) {
      const isNamed = [first, ...others].some((section) =>
        section?.keys.some((start) => (start.endsWith('.') ? key.startsWith(start) : key === start)),
      );
      expect(isNamed, `no section names ${key}`).toBe(true);
    }
    expect(sectionOf('logs.level').id).toBe('logs');
    expect(sectionOf('something.new')).toBe(first);
  });

  it('label keys by names of their own, or by their last part', () => {
    expect(labelOf('logs.level')).toBe('Minimum level');
    expect(labelOf('limits.callDepth')).toBe('Call depth');
  });

  it('make of changed keys the part that is saved', () => {
    const changes = new Map<string, unknown>([
      ['logs.level', 'debug'],
      ['logs.rotation.maxSize', '200m'],
      ['name', 'Mine'],
      ['publicUrl', null],
    ]);
    expect(partOf(changes)).toEqual({
      logs: { level: 'debug', rotation: { maxSize: '200m' } },
      name: 'Mine',
      publicUrl: null,
    });
  });
});
