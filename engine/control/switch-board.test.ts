import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Project, Server, Switch, Switches } from '../document/types.ts';
import { switchKey } from '../log/policy.ts';
import type { SwitchGrant } from '../wire/messages.ts';
import { FileFailure } from './atomic-file.ts';
import { SwitchBoard } from './switch-board.ts';

const op = 'server/web/get';
const noon = Date.parse('2026-11-21T12:00:00Z');

describe('SwitchBoard', () => {
  let dataDir: string;
  let documents: Project;
  const records: string[] = [];
  const sent: [worker: string, message: SwitchGrant][] = [];
  let changes = 0;
  const boards: SwitchBoard[] = [];

  beforeEach(() => {
    // Only the clock is faked; files are real.
    vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'], now: noon });
    dataDir = mkdtempSync(join(tmpdir(), 'sluice-board-'));
    documents = serving();
    records.length = sent.length = changes = 0;
  });
  afterEach(async () => {
    for (const board of boards.splice(0)) await board.close();
    vi.useRealTimers();
    rmSync(dataDir, { recursive: true });
  });

  function serving(log?: Switch): Project {
    const operation = {
      id: 'get',
      method: 'GET',
      path: '/',
      workflow: { actions: [] },
      ...(log !== undefined && { log }),
    };
    const server: Server = { id: 'web', type: 'http', operations: [operation] };
    return { apis: new Map(), servers: new Map([['web', server]]), services: new Map(), clients: new Map() };
  }
  const open = ({ workers = 1, switches = {} as Switches } = {}) => {
    const board = new SwitchBoard({
      dataDir,
      switches,
      documents: () => documents,
      settings: () => ({ level: 'info', captureAll: false }),
      workers,
      changed: () => changes++,
      record: (level, event, message, node) => records.push(`${level} ${event} ${node}: ${message}`),
      send: (worker, message) => sent.push([worker, message]),
    });
    boards.push(board);
    board.open();
    return board;
  };
  const chain = (log?: Switch) => [{ address: 'server/web' }, { address: op, log }];
  const onDisk = (file: string) => JSON.parse(readFileSync(join(dataDir, file), 'utf8')) as unknown;
  const counted = (times: number) => ({ on: true, times });

  it('counts what workers use, ends the switch after its runs, and stores both', async () => {
    const board = open();
    await board.replace({ [op]: { log: counted(3) } });
    const [lease] = board.leasesFor('w');
    expect(lease).toMatchObject({ key: switchKey(op, 'log', counted(3)), runs: 3 });
    if (lease === undefined) return;
    board.heard('w', { type: 'switch-used', switches: [{ ...lease, runs: 2 }] });
    expect(board.nodeState(chain()).log).toEqual({ own: counted(3), effective: counted(3), from: op, left: 1 });
    expect(board.leasesFor('w')).toEqual([]);
    board.heard('w', { type: 'switch-used', switches: [{ ...lease, runs: 1 }] });
    expect(board.switches).toEqual({});
    expect(changes).toBe(1);
    expect(records).toEqual([
      `info switch.ended ${op}: The log switch of ${op} ended after the 3 runs that it was to write.`,
    ]);
    await board.close();
    expect(onDisk('switches.json')).toEqual({});
  });

  it('goes on counting after a restart, even of a process that was killed', async () => {
    const board = open();
    await board.replace({ [op]: { log: counted(3) } });
    const [lease] = board.leasesFor('w');
    if (lease) board.heard('w', { type: 'switch-used', switches: [{ ...lease, runs: 2 }] });
    await vi.advanceTimersByTimeAsync(500);
    await vi.waitFor(() => expect(JSON.stringify(onDisk('.switch-uses.json'))).toMatch(/:2\}/));
    const after = open({ switches: { [op]: { log: counted(3) } } });
    expect(after.leasesFor('w')).toMatchObject([{ runs: 1 }]);
    const changed = open({ switches: { [op]: { log: counted(4) } } });
    expect(changed.leasesFor('w')).toMatchObject([{ runs: 4 }]);
  });

  it('ends at the start what ended meanwhile', async () => {
    const over: Switches = {
      'server/a': { log: { on: true, until: '2026-11-21T11:59:59Z' }, logLevel: 'debug' },
      'server/b': { capture: { on: true, until: '2026-11-21T12:00:01Z' } },
      'server/c': { log: { on: false, until: '2026-11-21T11:00:00Z' } },
    };
    const board = open({ switches: over });
    expect(board.switches).toEqual({ ...over, 'server/a': { logLevel: 'debug' } });
    expect(records).toEqual([
      'info switch.ended server/a: The log switch of server/a ended at its time, 2026-11-21T11:59:59Z.',
    ]);
    await board.close();
    expect(onDisk('switches.json')).toEqual(board.switches);
  });

  it('ends switches at their time, those of documents too', async () => {
    const until = '2026-11-21T13:00:00Z';
    documents = serving({ on: true, until });
    const board = open({
      switches: {
        'server/web': { log: { on: true, until } },
        [op]: { capture: { on: true, until: '2027-11-21T13:00:00Z' } },
      },
    });
    vi.advanceTimersByTime(3_599_000);
    expect(changes).toBe(0);
    vi.advanceTimersByTime(1_000);
    expect(changes).toBe(1);
    expect(records.map((record) => record.split(':')[0])).toEqual([
      'info switch.ended server/web',
      `info switch.ended ${op}`,
    ]);
    expect(Object.keys(board.switches)).toEqual([op]);
    // Farther away than any timer reaches.
    vi.advanceTimersByTime(365 * 86_400_000);
    expect(board.switches).toEqual({});
    expect(changes).toBe(2);
  });

  it('a switch of a document stays ended, until the document changes', async () => {
    documents = serving(counted(1));
    const board = open();
    const [lease] = board.leasesFor('w');
    expect(lease?.runs).toBe(1);
    if (lease) board.heard('w', { type: 'switch-used', switches: [lease] });
    expect(board.nodeState(chain(counted(1))).log).toEqual({ own: counted(1), effective: false, from: null, left: 0 });
    await board.close();
    const again = open();
    expect(again.leasesFor('w')).toEqual([]);
    expect(again.nodeState(chain(counted(1))).log.effective).toBe(false);
    documents = serving(counted(2));
    expect(Object.values(again.uses)).toEqual([{ version: expect.any(Number), left: 2 }]);
  });

  it('set again, a switch counts from the start, and what is told of the former does not count', async () => {
    const board = open();
    await board.replace({ [op]: { log: counted(2) }, 'server/web': { log: counted(9) } });
    const former = board.leasesFor('w').find(({ runs }) => runs === 2);
    await board.replace({ ...board.switches, [op]: { log: counted(2) } });
    const later = board.leasesFor('w');
    // The other switch was not touched: its lease goes on.
    expect(later).toMatchObject([{ key: former?.key, runs: 2 }]);
    if (former) board.heard('w', { type: 'switch-used', switches: [former] });
    expect(board.nodeState(chain()).log.left).toBe(2);
  });

  it('does not bring back what ended while a change was on its way', async () => {
    const board = open();
    await board.replace({ [op]: { log: counted(1) } });
    const stale = { ...board.switches, 'server/web': { logLevel: 'debug' as const } };
    const [lease] = board.leasesFor('w');
    if (lease) board.heard('w', { type: 'switch-used', switches: [lease] });
    await board.replace(stale);
    expect(board.switches).toEqual({ 'server/web': { logLevel: 'debug' } });
    expect(onDisk('switches.json')).toEqual(board.switches);
  });

  it('calls back what one worker does not use when another one needs it', async () => {
    const board = open({ workers: 2 });
    await board.replace({ [op]: { log: counted(2) } });
    const [a] = board.leasesFor('a');
    const [b] = board.leasesFor('b');
    expect([a?.runs, b?.runs]).toEqual([1, 1]);
    if (a === undefined || b === undefined) return;
    const { key, version } = a;
    board.heard('a', { type: 'switch-used', switches: [a] });
    board.heard('a', { type: 'switch-wanted', key, version });
    expect(sent).toEqual([['b', { type: 'switch-recall', key, version }]]);
    board.heard('b', { type: 'switch-returned', key, version, runs: 1 });
    expect(sent.slice(1)).toEqual([['a', { type: 'switch-lease', key, version, runs: 1 }]]);
    board.heard('a', { type: 'switch-used', switches: [{ key, version, runs: 1 }] });
    expect(board.switches).toEqual({});
  });

  it('counts as used what a worker held that died, and says that nobody knows', async () => {
    const board = open();
    await board.replace({ [op]: { log: counted(5) } });
    board.leasesFor('w');
    board.gone('w', false);
    expect(board.switches).toEqual({});
    expect(records).toEqual([expect.stringContaining('of 5 of them it is not known')]);
  });

  it('tells of a failing condition once, and again when the switch is set again', async () => {
    const board = open();
    const value = { on: true, when: '$number(input)' };
    await board.replace({ [op]: { log: value } });
    const news = { type: 'switch-failed', key: switchKey(op, 'log', value), node: op, message: 'No number.' } as const;
    for (const worker of ['a', 'b', 'a']) board.heard(worker, news);
    expect(records).toEqual([`warning switch.when-failed ${op}: No number.`]);
    await board.replace({ [op]: { log: { ...value } } });
    board.heard('a', news);
    expect(records).toHaveLength(2);
  });

  it('changes nothing when the file cannot be written', async () => {
    const board = open();
    await board.replace({ [op]: { log: true } });
    rmSync(dataDir, { recursive: true });
    await expect(board.replace({ [op]: { log: false } })).rejects.toThrow(FileFailure);
    expect(board.switches).toEqual({ [op]: { log: true } });
    dataDir = mkdtempSync(join(tmpdir(), 'sluice-board-'));
  });

  it('takes over what was written by hand; what says the same goes on counting', async () => {
    const board = open();
    await board.replace({ [op]: { log: counted(3) }, 'server/web': { log: true } });
    const [lease] = board.leasesFor('w');
    if (lease) board.heard('w', { type: 'switch-used', switches: [{ ...lease, runs: 1 }] });
    await board.reload();
    expect(board.switches).toEqual({ [op]: { log: counted(3) }, 'server/web': { log: true } });
    const file = join(dataDir, 'switches.json');
    writeFileSync(
      file,
      JSON.stringify({
        [op]: { log: counted(3), capture: true },
        'server/x': { log: { on: true, until: '2020-01-01T00:00:00Z' } },
      }),
    );
    await board.reload();
    expect(board.switches).toEqual({ [op]: { log: counted(3), capture: true } });
    expect(board.nodeState(chain()).log.left).toBe(2);
    await vi.waitFor(() => expect(onDisk('switches.json')).toEqual(board.switches));
    writeFileSync(file, '{"server');
    await board.reload();
    expect(board.switches).toEqual({ [op]: { log: counted(3), capture: true } });
    expect(records.at(-1)).toMatch(/^warning switches\.invalid .*stay as they were/);
  });

  it.each(['', 'null', '[1]', '{"server/web/get":{"log":{"x":-1,"y":1.5}}}', '\u0000'])(
    'starts over from the counts %j',
    (text) => {
      writeFileSync(join(dataDir, '.switch-uses.json'), text);
      expect(open({ switches: { [op]: { log: counted(2) } } }).leasesFor('w')).toMatchObject([{ runs: 2 }]);
    },
  );
});
