import { mkdirSync, mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Service } from '../document/types.ts';
import { replaceFiles } from './project/replace-files.ts';
import { loadProject, saveDocument } from './project-files.ts';
import { type ProjectWatch, watchProject } from './project-watch.ts';

let data: string;
let watch: ProjectWatch;
let changes: string[][];
let heard: () => void;

const service = (id: string, title = id): Service => ({ id, title, operations: [] });
const put = (file: string, document: object) => {
  mkdirSync(join(data, file, '..'), { recursive: true });
  writeFileSync(join(data, file), JSON.stringify(document));
};
/** The next change; a sentinel file proves that nothing else was told before it. */
const nextChange = async (): Promise<string[]> => {
  if (changes.length === 0) await new Promise<void>((resolve) => (heard = resolve));
  return changes.shift() as string[];
};
let sentinel = 0;
const sentinelChange = (): string => {
  const file = `clients/sentinel-${sentinel++}.json`;
  put(file, { id: 'x' });
  return file;
};
const start = async (load = true) => {
  if (load) loadProject(data, {});
  watch = watchProject(data, (files) => {
    loadProject(data, {});
    changes.push(files);
    heard();
  });
  await watch.ready;
};

beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'sluice-watch-'));
  changes = [];
  heard = () => {};
  for (const folder of ['apis', 'servers', 'services', 'clients']) mkdirSync(join(data, folder));
});
afterEach(async () => {
  await watch.close();
  rmSync(data, { recursive: true, force: true });
});

describe('watchProject', () => {
  it('tells what was changed, added and removed by hand', async () => {
    put('services/a.json', service('a'));
    await start();
    put('services/a.json', service('a', 'changed'));
    expect(await nextChange()).toEqual(['services/a.json']);
    put('servers/b.json', { id: 'b' });
    expect(await nextChange()).toEqual(['servers/b.json']);
    rmSync(join(data, 'services/a.json'));
    expect(await nextChange()).toEqual(['services/a.json']);
  });

  it('tells a checkout of many files as one change', async () => {
    put('services/gone.json', service('gone'));
    await start();
    const files = Array.from({ length: 40 }, (_, i) => `services/s${String(i).padStart(2, '0')}.json`);
    for (const file of files) put(file, service('x'));
    rmSync(join(data, 'services/gone.json'));
    expect(await nextChange()).toEqual(['services/gone.json', ...files]);
  });

  it('follows editors that replace the file, also in a folder that was away', async () => {
    put('services/a.json', service('a'));
    await start();
    put('services/.a.json.swp', service('a', 'being written'));
    renameSync(join(data, 'services/.a.json.swp'), join(data, 'services/a.json'));
    expect(await nextChange()).toEqual(['services/a.json']);
    rmSync(join(data, 'services'), { recursive: true });
    expect(await nextChange()).toEqual(['services/a.json']);
    put('services/a.json', service('a'));
    expect(await nextChange()).toEqual(['services/a.json']);
  });

  it('does not tell our own saves and removals', async () => {
    put('services/b.json', service('b'));
    await start();
    await saveDocument(data, 'service', service('a', 'ü'));
    await saveDocument(data, 'service', service('a', 'again'));
    await replaceFiles(data, new Map([['services/b.json', null]]));
    const file = sentinelChange();
    expect(await nextChange()).toEqual([file]);
  });

  it('does not tell a file whose content is as it was', async () => {
    put('services/a.json', service('a'));
    await start();
    utimesSync(join(data, 'services/a.json'), new Date(), new Date());
    put('services/a.json', service('a'));
    put('services/README.md', {});
    put('logs/x.json', {});
    const file = sentinelChange();
    expect(await nextChange()).toEqual([file]);
  });

  it('tells damage, and its repair by the very content that was there before', async () => {
    await start();
    await saveDocument(data, 'service', service('a'));
    const saved = `${JSON.stringify(service('a'), null, 2)}\n`;
    writeFileSync(join(data, 'services/a.json'), '{');
    expect(await nextChange()).toEqual(['services/a.json']);
    writeFileSync(join(data, 'services/a.json'), saved);
    expect(await nextChange()).toEqual(['services/a.json']);
  });

  it('tells what changed between loading and watching', async () => {
    put('services/a.json', service('a'));
    put('services/b.json', service('b'));
    put('services/c.json', service('c'));
    loadProject(data, {});
    put('services/a.json', service('a', 'changed'));
    rmSync(join(data, 'services/b.json'));
    put('services/d.json', service('d'));
    await start(false);
    expect(await nextChange()).toEqual(['services/a.json', 'services/b.json', 'services/d.json']);
  });

  it('is silent after it was closed', async () => {
    await start();
    await watch.close();
    sentinelChange();
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(changes).toEqual([]);
  });
});
