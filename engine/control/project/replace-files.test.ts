import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { replaceFiles } from './replace-files.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'sluice-replace-'));
  mkdirSync(join(dir, 'services'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const path = () => join(dir, 'services/a.json');
const setAside = () =>
  readdirSync(join(dir, '.set-aside/services')).map((name) =>
    readFileSync(join(dir, '.set-aside/services', name), 'utf8'),
  );
const content = () => {
  try {
    return readFileSync(path(), 'utf8');
  } catch {
    return null;
  }
};

/** Resolves in the middle of a change: what was there has been read, and what comes is being written beside it. */
async function underWay(): Promise<void> {
  for (;;) {
    if (readdirSync(join(dir, 'services')).some((name) => name.startsWith('.large.json.'))) return;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

const byHand: [string, (text: string) => void][] = [
  ['into the file', (text) => writeFileSync(path(), text)],
  [
    'by putting another in its place',
    (text) => {
      writeFileSync(`${path()}~`, text);
      renameSync(`${path()}~`, path());
    },
  ],
];

describe.each(byHand)('an edit by hand %s while it is replaced', (_, write) => {
  it.each([
    ['replaced', 'old', 'new'],
    ['made', null, 'new'],
    ['removed', 'old', null],
  ])('is kept aside when the file is %s', async (_, before, after) => {
    if (before !== null) await replaceFiles(dir, new Map([['services/a.json', before]]));
    const large = 'x'.repeat(4_000_000);
    const replacing = replaceFiles(
      dir,
      new Map([
        ['services/a.json', after],
        ['services/large.json', large],
      ]),
    );
    await underWay();
    expect(content()).toBe(before);
    write('by hand');
    await replacing;
    expect(content()).toBe(after);
    expect(setAside()).toEqual(['by hand']);
    expect(readdirSync(join(dir, 'services')).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  it('stays in place when the change fails', async () => {
    await replaceFiles(dir, new Map([['services/a.json', 'old']]));
    mkdirSync(join(dir, 'services/b.json'));
    const replacing = replaceFiles(
      dir,
      new Map([
        ['services/a.json', 'new'],
        ['services/large.json', 'x'.repeat(4_000_000)],
        ['services/b.json', 'new'],
      ]),
    ).catch((thrown: Error) => thrown.message);
    await underWay();
    write('by hand');
    expect(await replacing).toContain('could not be saved');
    expect(content()).toBe('by hand');
    expect(readdirSync(join(dir, 'services')).sort()).toEqual(['a.json', 'b.json']);
  });
});

describe('a change of many files', () => {
  const names = Array.from({ length: 200 }, (_, n) => `services/s${n}.json`);

  it('is there as a whole', async () => {
    await replaceFiles(dir, new Map(names.map((name) => [name, name])));
    expect(readdirSync(join(dir, 'services'))).toHaveLength(200);
    for (const name of names) expect(readFileSync(join(dir, name), 'utf8')).toBe(name);
  });

  it('of which one cannot be written leaves nothing behind', async () => {
    const changes = new Map(names.map((name) => [name, 'new']));
    const failing = replaceFiles(dir, changes.set('nowhere/a.json', 'new'));
    await expect(failing).rejects.toThrow('The change of 201 files could not be saved');
    expect(readdirSync(join(dir, 'services'))).toEqual([]);
  });
});

it('removing what is gone already is no failure', async () => {
  writeFileSync(path(), 'old');
  unlinkSync(path());
  await replaceFiles(dir, new Map([['services/a.json', null]]));
  expect(readdirSync(join(dir, 'services'))).toEqual([]);
});
