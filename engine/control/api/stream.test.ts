import http from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { noLines } from '../../log/sinks/levels.ts';
import { createUser } from '../auth/changes.ts';
import { useTestApi } from './test-api.ts';
import { testPassword } from './test-entrance.ts';
import { testToken } from './test-server.ts';
import { recordLine, storeRecords } from './test-store.ts';

const at = useTestApi();

interface Event {
  event: string;
  id: string | null;
  data: Record<string, unknown>;
}

/** A client of the stream: what it was sent so far. */
class Client {
  status = 0;
  headers: http.IncomingHttpHeaders = {};
  text = '';
  isEnded = false;
  private readonly request: http.ClientRequest;
  private response: http.IncomingMessage | undefined;

  constructor(query = '', headers: Record<string, string> = { authorization: `Bearer ${testToken}` }, method = 'GET') {
    const { port } = at.api;
    this.request = http.request({
      host: '127.0.0.1',
      port,
      method,
      path: `/api/logs/stream${query}`,
      headers,
      agent: false,
    });
    this.request.on('error', () => {
      this.isEnded = true;
    });
    this.request.on('response', (response) => {
      this.response = response;
      this.status = response.statusCode ?? 0;
      this.headers = response.headers;
      response.setEncoding('utf8');
      response.on('error', () => {});
      response.on('data', (chunk: string) => {
        this.text += chunk;
      });
      response.on('close', () => {
        this.isEnded = true;
      });
    });
    this.request.end();
    opened.push(this);
  }

  get events(): Event[] {
    return this.text
      .split('\n\n')
      .slice(0, -1)
      .filter((block) => !block.startsWith(':'))
      .map((block) => {
        const fields = new Map(
          block.split('\n').map((row) => [row.slice(0, row.indexOf(':')), row.slice(row.indexOf(':') + 2)]),
        );
        return {
          event: fields.get('event') ?? 'message',
          id: fields.get('id') ?? null,
          data: JSON.parse(fields.get('data') as string),
        };
      });
  }

  get ids(): (string | null)[] {
    return this.events.map(({ event, id }) => (event === 'message' ? id : event));
  }

  async opens(): Promise<this> {
    await until(() => this.text !== '' || this.isEnded);
    return this;
  }

  pause(): void {
    this.response?.pause();
  }

  resume(): void {
    this.response?.resume();
  }

  close(): void {
    this.request.destroy();
  }
}

const opened: Client[] = [];
afterEach(() => {
  for (const client of opened.splice(0)) client.close();
});

const until = async (is: () => boolean): Promise<void> => {
  for (let i = 0; i < 750 && !is(); i++) await delay(20);
  expect(is()).toBe(true);
};

/** Written as the engine does it: to the store, and to those who follow. */
const write = (...given: Parameters<typeof recordLine>[0][]): void => {
  const lines = given.map(recordLine);
  storeRecords(at.control.storeDir, lines);
  const counts = { ...noLines(), info: lines.length };
  at.control.tail.take(Buffer.from(lines.map((line) => `${line}\n`).join('')), counts);
};
/** Before this start of the engine: only the store knows it. */
const writeBefore = (...given: Parameters<typeof recordLine>[0][]): void =>
  storeRecords(at.control.storeDir, given.map(recordLine));

describe('GET /api/logs/stream', () => {
  test('sends records as they come, as far as they fit', async () => {
    const all = await new Client().opens();
    const some = await new Client('?q=hello%20-b&level=warning').opens();
    expect([
      all.status,
      all.headers['content-type'],
      all.headers['cache-control'],
      all.headers['x-accel-buffering'],
    ]).toEqual([200, 'text/event-stream', 'no-store', 'no']);
    write({ id: '1', value: 'hello' }, { id: '2', level: 'error', value: 'Hello' });
    write({ id: '3', level: 'error', value: 'hello b' });
    await until(() => all.events.length === 3 && some.events.length === 1);
    expect([all.ids, some.ids]).toEqual([['1', '2', '3'], ['2']]);
    expect(all.events[0]?.data).toEqual(JSON.parse(recordLine({ id: '1', value: 'hello' })));
  });

  test('with from, begins with what is stored, and neither doubles nor misses what comes meanwhile', async () => {
    writeBefore({ id: '0', time: '2026-11-21T09:00:00.000Z' }, { id: '1' });
    write({ id: '2' }, { id: '3', level: 'debug' });
    const client = new Client('?from=2026-11-21T09:30:00Z');
    const written = Array.from({ length: 200 }, (_, n) => `w${n}`);
    for (const id of written) {
      write({ id });
      if (id.endsWith('0')) await delay(1);
    }
    await until(() => client.events.length >= 203);
    await delay(100);
    expect(client.ids).toEqual(['1', '2', '3', ...written]);
  });

  test('sends 1,000 stored records at most, and says that there are more', async () => {
    writeBefore(...Array.from({ length: 1200 }, (_, n) => ({ id: `${n}` })));
    const client = new Client('?from=2026-11-21T00:00:00Z');
    await until(() => client.events.length === 1001);
    expect([client.ids[0], client.ids[1], client.ids.at(-1)]).toEqual(['gap', '200', '1199']);
    expect(client.events[0]?.data).toEqual({ dropped: null });
  });

  test('goes on after the last event, out of memory, out of the store, or with a gap', async () => {
    writeBefore({ id: 'a' }, { id: 'b', level: 'error' }, { id: 'c' }, { id: 'd', level: 'error' });
    write({ id: 'e', level: 'error' }, { id: 'f' });
    const after = (id: string) =>
      new Client('?level=error', { authorization: `Bearer ${testToken}`, 'last-event-id': id });
    const [memory, store, unknown] = [after('e'), after('a'), after('gone')];
    for (const client of [memory, store, unknown]) await client.opens();
    await until(() => store.events.length === 3 && unknown.events.length === 1);
    write({ id: 'g', level: 'error' });
    await until(() => [memory, store, unknown].every(({ ids }) => ids.at(-1) === 'g'));
    expect([memory.ids, store.ids, unknown.ids]).toEqual([['g'], ['b', 'd', 'e', 'g'], ['gap', 'g']]);
  });

  test('one who does not read costs a bounded amount, and is told what he missed', { timeout: 30_000 }, async () => {
    const client = await new Client().opens();
    client.pause();
    const value = 'x'.repeat(10_000);
    const total = 3000;
    for (let n = 0; n < total; n++) {
      write({ id: `${n}`, value });
      if (n % 20 === 0) await delay(1);
    }
    client.resume();
    write({ id: 'last' });
    await until(() => client.ids.at(-1) === 'last');
    const gaps = client.events.filter(({ event }) => event === 'gap').map(({ data }) => Number(data.dropped));
    expect(gaps.length).toBeGreaterThan(0);
    const dropped = gaps.reduce((sum, count) => sum + count, 0);
    expect(client.events.length - gaps.length + dropped).toBe(total + 1);
  });

  test('ends when the right ends', { timeout: 20_000 }, async () => {
    const { access, signIn } = at.api.entrance;
    await signIn.createFirst('root', testPassword);
    await createUser(access, { name: 'ann', password: testPassword, role: 'viewer' });
    const { id } = await signIn.signIn(
      { username: 'ann', password: testPassword },
      { remote: '::1', cookie: undefined },
    );
    const client = await new Client('', { cookie: `__Host-sluice=${id}` }).opens();
    expect(client.status).toBe(200);
    const begun = performance.now();
    await access.users.change('ann', { suspended: true });
    await until(() => client.isEnded);
    expect(performance.now() - begun).toBeLessThan(5000);
    write({ id: '1' });
    expect(client.events).toEqual([]);
  });

  test('answers HEAD with its head, and refuses what is wrong', async () => {
    const head = new Client('', { authorization: `Bearer ${testToken}` }, 'HEAD');
    await until(() => head.isEnded);
    expect([head.status, head.headers['content-type'], head.text]).toEqual([200, 'text/event-stream', '']);
    for (const query of ['q=(', 'limit=1', 'level=high', 'to=1h']) {
      const answer = await at.api.call('GET', `/api/logs/stream?${query}`);
      expect([answer.status, answer.json().field]).toEqual([400, query.split('=')[0]]);
    }
    expect((await at.api.call('GET', '/api/logs/stream', { token: null })).status).toBe(401);
  });

  test('serves 60 streams of one user, and then room is made by closing one', { timeout: 30_000 }, async () => {
    const clients = Array.from({ length: 60 }, () => new Client());
    for (const client of clients) await client.opens();
    const refused = await at.api.call('GET', '/api/logs/stream');
    expect([refused.status, refused.headers['retry-after']]).toEqual([429, '10']);
    write({ id: '1' });
    await until(() => clients.every(({ ids }) => ids.length === 1));
    clients[0]?.close();
    await delay(100);
    const again = await new Client().opens();
    expect(again.status).toBe(200);
  });
});
