import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Json, Service } from '../../document/types.ts';
import { type DataFolder, openDataFolder } from '../data-folder.ts';
import { Variables } from '../variables.ts';
import type { ListOptions } from './history.ts';
import type { ResourceFault } from './refusals.ts';
import type { Revision } from './revision.ts';
import { ProjectStore } from './store.ts';

let dir: string;
let folder: DataFolder;
let store: ProjectStore;
let variables: Variables;
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'sluice-store-'));
  await open();
});
afterEach(async () => {
  await folder.close();
  rmSync(dir, { recursive: true, force: true });
});

async function open() {
  folder = await openDataFolder(dir);
  variables = Variables.open({ dataDir: folder.path });
  store = await ProjectStore.open(folder.path, {}, variables);
}
async function reopen() {
  await folder.close();
  await open();
}

const service = (id: string, title: string): Service & { [key: string]: Json } =>
  ({ schema: 1, id, title, operations: [] }) as never;
const author = { user: 'ada', action: 'save' as const };
const save = (id: string, title: string) => store.save('service', id, service(id, title), {}, author);
const titleOf = (id: string) => store.get('service', id)?.title;
const file = (id: string) => join(dir, `services/${id}.json`);
const newest = async (count: number, options: ListOptions = {}) => {
  const found: Revision[] = [];
  for await (const revision of store.history.newestFirst(options)) {
    found.push(revision);
    if (found.length === count) break;
  }
  return found;
};
const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => expect.unreachable(),
    (thrown: { status: number; message: string; about: object }) => thrown,
  );

describe('saving', () => {
  it('is on disk, in force and in the history', async () => {
    const { created, revision } = await save('tools', 'One');
    expect(created).toBe(true);
    expect(JSON.parse(readFileSync(file('tools'), 'utf8'))).toEqual(service('tools', 'One'));
    expect(titleOf('tools')).toBe('One');
    expect(revision).toMatchObject({ revision: 1, user: 'ada', action: 'save' });
    expect(await newest(5)).toEqual([revision]);
  });

  it('of the same content is no revision', async () => {
    await save('tools', 'One');
    expect((await save('tools', 'One')).revision).toBeNull();
    expect(store.history.newest).toBe(1);
  });

  it('of what is not in order changes nothing and says everything that is wrong', async () => {
    await save('tools', 'One');
    const bad = { ...service('tools', 'Two'), operations: [{ id: 'a b' }], colour: 'red' } as unknown as Json;
    const { status, about } = await refusal(store.save('service', 'tools', bad, {}, author));
    expect(status).toBe(422);
    expect(about).toMatchObject({
      errors: [
        { resource: 'service/tools', pointer: '/operations/0/id' },
        { resource: 'service/tools', pointer: '/operations/0' },
        { resource: 'service/tools', pointer: '/colour' },
      ],
    });
    expect(titleOf('tools')).toBe('One');
    expect(store.history.newest).toBe(1);
  });

  it('leaves a file as people have laid it out, but for what changes', async () => {
    const byHand = '{ "id": "tools",\r\n   "title": "One",   "operations": [ ] }';
    writeFileSync(file('tools'), byHand);
    await store.reload();
    await store.save('service', 'tools', { id: 'tools', title: 'Two', operations: [] }, {}, author);
    expect(readFileSync(file('tools'), 'utf8')).toBe(byHand.replace('One', 'Two'));
  });

  it('under another id than the document has is refused', async () => {
    const { status, message } = await refusal(store.save('service', 'tools', service('other', 'x'), {}, author));
    expect([status, message]).toEqual([422, expect.stringContaining('"id" must be "tools"')]);
  });

  it('asks what is wrong where it would run, before anything is written', async () => {
    const fault: ResourceFault = {
      resource: 'service/tools',
      pointer: '',
      message: 'It will not run.',
      severity: 'error',
    };
    store.employ({ rehearse: async () => [fault], apply: async () => {} });
    expect(await refusal(save('tools', 'One'))).toMatchObject({
      status: 422,
      message: 'service/tools: It will not run.',
    });
    expect(existsSync(file('tools'))).toBe(false);
  });

  it('with the version of somebody else before is refused with both', async () => {
    await save('tools', 'One');
    const seen = store.etagOf('service', 'tools') as string;
    await save('tools', 'Two');
    const late = store.save('service', 'tools', service('tools', 'Three'), { match: [seen] }, author);
    expect(await refusal(late)).toMatchObject({
      status: 412,
      about: { members: { expected: [seen], current: store.etagOf('service', 'tools') } },
    });
    expect(titleOf('tools')).toBe('Two');
  });

  it('at once: exactly one of those with the same version wins', async () => {
    await save('tools', 'One');
    const match = [store.etagOf('service', 'tools') as string];
    const saves = await Promise.allSettled(
      Array.from({ length: 20 }, (_, n) =>
        store.save('service', 'tools', service('tools', `n${n}`), { match }, author),
      ),
    );
    expect(saves.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('null removes, and its file goes', async () => {
    await save('tools', 'One');
    await store.save('service', 'tools', null, {}, { ...author, action: 'delete' });
    expect(existsSync(file('tools'))).toBe(false);
    expect(await refusal(store.save('service', 'tools', null, {}, author))).toMatchObject({ status: 404 });
  });
});

describe('drafts', () => {
  const draft = (title: string) => store.saveDraft('service', 'tools', service('tools', title), {}, 'ada');

  it('change nothing that is live until they are deployed, and survive a restart', async () => {
    await save('tools', 'One');
    await draft('Two');
    expect(titleOf('tools')).toBe('One');
    await reopen();
    expect(titleOf('tools')).toBe('One');
    expect(store.drafts.get('service/tools')).toMatchObject({ user: 'ada', document: { title: 'Two' } });
    const { deployed } = await store.deploy(null, false, { user: 'bob', action: 'deploy', message: 'why' });
    expect(deployed).toEqual(['service/tools']);
    expect(titleOf('tools')).toBe('Two');
    expect(store.drafts.list()).toEqual([]);
    expect(await store.history.read(2)).toMatchObject({ user: 'bob', action: 'deploy', message: 'why' });
  });

  it('may be wrong, and say so; deploying them is refused as a whole', async () => {
    await store.saveDraft('service', 'other', service('other', 'fine'), {}, 'ada');
    const { faults } = await store.saveDraft('service', 'tools', { id: 'tools' }, {}, 'ada');
    expect(faults.map(({ message }) => message)).toEqual([
      'The document must have the key "operations", found nothing.',
    ]);
    expect(await refusal(store.deploy(null, false, { user: 'ada', action: 'deploy' }))).toMatchObject({ status: 422 });
    expect([titleOf('tools'), titleOf('other')]).toEqual([undefined, undefined]);
    expect(store.drafts.list()).toHaveLength(2);
  });

  it('of what was changed meanwhile are refused unless forced', async () => {
    await save('tools', 'One');
    await draft('Two');
    await save('tools', 'Hotfix');
    await draft('Two, typed on');
    const deploy = (force: boolean) => store.deploy(['service/tools'], force, { user: 'ada', action: 'deploy' });
    expect(await refusal(deploy(false))).toMatchObject({
      status: 409,
      about: { members: { conflicts: ['service/tools'] } },
    });
    expect(titleOf('tools')).toBe('Hotfix');
    await deploy(true);
    expect(titleOf('tools')).toBe('Two, typed on');
  });

  it('can be given up', async () => {
    await draft('Two');
    await store.discardDraft('service', 'tools', {});
    expect(store.drafts.list()).toEqual([]);
    expect(readdirSync(join(dir, 'drafts/services'))).toEqual([]);
  });
});

describe('history', () => {
  it('goes back and forward again, over documents and variables', async () => {
    await save('a', 'one');
    await variables.set('region', 'north', { by: 'ada' });
    await save('b', 'one');
    await save('a', 'two');
    await variables.set('region', 'south', { by: 'ada' });
    await store.restore(2, 'bob');
    expect([titleOf('a'), titleOf('b'), variables.get('region')]).toEqual(['one', undefined, 'north']);
    await store.restore(5, 'bob');
    expect([titleOf('a'), titleOf('b'), variables.get('region')]).toEqual(['two', 'one', 'south']);
    await store.restore(0, 'bob');
    expect([titleOf('a'), titleOf('b'), variables.all()]).toEqual([undefined, undefined, {}]);
    expect((await newest(1))[0]).toMatchObject({ revision: 8, action: 'restore', user: 'bob' });
    await reopen();
    expect([...store.documents.services.keys()]).toEqual([]);
    expect(store.history.newest).toBe(8);
  });

  it('knows no revision that was not', async () => {
    expect(await refusal(store.restore(7, 'bob'))).toMatchObject({ status: 404 });
  });

  it.each([
    ['another number', '{"revision": 1}'],
    ['null', 'null'],
    ['half a text', '{"revision": 2, '],
    ['gone', undefined],
  ])('with a record that is %s goes on without it, and says how far back one can go', async (_, content) => {
    for (const title of ['one', 'two', 'three', 'four']) await save('a', title);
    const path = join(dir, 'history/00000002.json');
    if (content === undefined) rmSync(path);
    else writeFileSync(path, content);
    expect((await newest(10)).map(({ revision }) => revision)).toEqual([4, 3, 1]);
    expect(await store.history.read(2)).toBeUndefined();
    expect(await refusal(store.restore(1, 'bob'))).toMatchObject({
      status: 404,
      message:
        'The way back to revision 1 is gone: revision 2 is damaged or was removed. The oldest that can be restored is 2.',
    });
    await store.restore(2, 'bob');
    expect(titleOf('a')).toBe('two');
  });

  it('has what was changed in the files, while running and while not', async () => {
    await save('a', 'one');
    writeFileSync(file('a'), JSON.stringify(service('a', 'by hand')));
    await store.reload();
    expect(await store.history.read(2)).toMatchObject({ action: 'files', changes: [{ resource: 'service/a' }] });
    await folder.close();
    writeFileSync(file('b'), JSON.stringify(service('b', 'new')));
    rmSync(file('a'));
    await open();
    expect((await store.history.read(3))?.changes.map(({ resource, after }) => [resource, after === null])).toEqual([
      ['service/a', true],
      ['service/b', false],
    ]);
    await store.restore(1, 'bob');
    expect([titleOf('a'), titleOf('b')]).toEqual(['one', undefined]);
  });

  it('lists those of one resource, and pages', async () => {
    for (let n = 1; n <= 6; n++) await save(n % 2 ? 'a' : 'b', `t${n}`);
    const numbers = async (count: number, options?: ListOptions) =>
      (await newest(count, options)).map(({ revision }) => revision);
    expect(await numbers(10, { resource: 'service/a' })).toEqual([5, 3, 1]);
    expect(await numbers(2)).toEqual([6, 5]);
    expect(await numbers(2, { before: 5 })).toEqual([4, 3]);
  });
});

describe('a change of several documents', () => {
  it('that a crash interrupted is completed at the next start', async () => {
    await save('a', 'one');
    await save('b', 'one');
    const interrupted = {
      revision: 3,
      time: '2026-11-21T12:00:00.000Z',
      user: 'ada',
      action: 'deploy',
      message: null,
      changes: [
        { resource: 'service/a', before: service('a', 'one'), after: service('a', 'two') },
        { resource: 'service/b', before: service('b', 'one'), after: null },
        { resource: 'service/c', before: null, after: service('c', 'two') },
      ],
    };
    await folder.close();
    writeFileSync(file('a'), `${JSON.stringify(service('a', 'two'), null, 2)}\n`);
    writeFileSync(join(dir, 'history/.pending.json'), JSON.stringify(interrupted));
    await open();
    expect([titleOf('a'), titleOf('b'), titleOf('c')]).toEqual(['two', undefined, 'two']);
    expect(await store.history.read(3)).toEqual(interrupted);
    expect(store.history.newest).toBe(3);
    expect(existsSync(join(dir, 'history/.pending.json'))).toBe(false);
  });

  const pending = () => join(dir, 'history/.pending.json');
  const record = {
    revision: 2,
    time: '2026-11-21T12:00:00.000Z',
    user: 'ada',
    action: 'deploy',
    message: null,
    changes: [{ resource: 'service/a', before: service('a', 'one'), after: service('a', 'two') }],
  };
  const changed = (change: object) => JSON.stringify({ ...record, changes: [{ ...record.changes[0], ...change }] });

  it.each([
    ['half a text', '{"revision": 2, "chan'],
    ['empty', ''],
    ['an empty object', '{}'],
    ['a list', '[]'],
    ['null', 'null'],
    ['no UTF-8', Buffer.from([0x7b, 0xff, 0x7d])],
    ['of a number below one', JSON.stringify({ ...record, revision: -5 })],
    ['of half a number', JSON.stringify({ ...record, revision: 2.5 })],
    ['of a number that was used', JSON.stringify({ ...record, revision: 1 })],
    ['without a time', JSON.stringify({ ...record, time: undefined })],
    ['by a number', JSON.stringify({ ...record, user: 7 })],
    ['without changes', JSON.stringify({ ...record, changes: undefined })],
    ['of nothing that is known', changed({ resource: 'users' })],
    ['of a file elsewhere', changed({ resource: 'service/../a' })],
    ['to a text', changed({ after: 'garbage' })],
    ['to nothing at all', changed({ after: undefined })],
    ['to a document of another name', changed({ after: service('b', 'two') })],
  ])('whose record is %s: it is said, set aside, and keeps nobody from starting', async (_, content) => {
    await save('a', 'one');
    await folder.close();
    const before = readFileSync(file('a'));
    writeFileSync(pending(), content);
    await open();
    expect(readFileSync(file('a'))).toEqual(before);
    expect(readdirSync(join(dir, 'history'))).toEqual(['00000001.json']);
    expect(store.faults).toMatchObject([{ file: 'history/.pending.json', severity: 'warning' }]);
    const [copy] = readdirSync(join(dir, '.set-aside/history'));
    expect(readFileSync(join(dir, '.set-aside/history', copy as string))).toEqual(Buffer.from(content));
    await save('a', 'two');
    expect(store.history.newest).toBe(2);
  });

  it('whose record is a folder is said, and keeps nobody from starting', async () => {
    await folder.close();
    mkdirSync(pending(), { recursive: true });
    await open();
    expect(store.faults).toMatchObject([{ file: 'history/.pending.json', severity: 'warning' }]);
  });

  it('that fails in its middle changes nothing', async () => {
    await save('a', 'one');
    // A folder in the place of the second file: the first is replaced by then.
    mkdirSync(file('b'));
    const changes = new Map<string, Json>([
      ['service/a', service('a', 'two')],
      ['service/b', service('b', 'two')],
    ]);
    expect(await refusal(store.change(() => changes, author))).toMatchObject({ status: 500 });
    expect(JSON.parse(readFileSync(file('a'), 'utf8'))).toEqual(service('a', 'one'));
    expect([titleOf('a'), titleOf('b'), store.history.newest]).toEqual(['one', undefined, 1]);
    expect(readdirSync(join(dir, 'history'))).toEqual(['00000001.json']);
  });
});
