import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import request from '../../actions/http/request.ts';
import { type ActionContext, ActionFailure, type HostRequest, type HostResponse } from '../../actions/kit/index.ts';
import { type OpenContext, openActionContext, runAction } from '../support/action-context.ts';

let opened: OpenContext;
beforeAll(async () => {
  opened = await openActionContext();
});
afterAll(() => opened.close());

type Outcome = ActionFailure | Partial<HostResponse> | number;
const now = Date.parse('2026-11-21T12:00:00Z');

/** Runs a request whose attempts end like that; the last outcome stays. */
const attempt = async (outcomes: Outcome[], given: Record<string, unknown>, random = 0.5) => {
  const sent: HostRequest[] = [];
  const slept: number[] = [];
  const controller = new AbortController();
  const context: ActionContext = {
    ...opened.context,
    signal: controller.signal,
    sleep: async (ms) => {
      slept.push(ms);
    },
    host: {
      ...opened.context.host,
      now: () => now,
      random: () => random,
      request: async (asked) => {
        sent.push(asked);
        const outcome = outcomes[Math.min(sent.length, outcomes.length) - 1] as Outcome;
        if (outcome instanceof ActionFailure) throw outcome;
        const more = typeof outcome === 'number' ? { status: outcome } : outcome;
        return { status: 200, headers: {}, body: new Uint8Array(), ...more };
      },
    },
  };
  const work = async () => runAction(request, { url: 'http://api.example/', method: 'get', ...given }, context);
  const end = await work().then(
    (answer) => (answer as HostResponse).status,
    (thrown) => (thrown as ActionFailure).code,
  );
  return { end, sent, slept, attempts: sent.length };
};

const failed = new ActionFailure('request-failed', 'Refused.');
const lasting = new ActionFailure('request-failed', 'Not trusted.', { lasting: true });
const late = new ActionFailure('timeout', 'Late.');
const retry = { attempts: 3 };

describe('another attempt', () => {
  it.each<[string, Outcome[], Record<string, unknown>, number | string, number]>([
    ['is none without the field', [503, 200], {}, 503, 1],
    ['follows a status that may pass', [503, 429, 200], { retry }, 200, 3],
    ['follows 408, 425, 502 and 504', [408, 425, 502, 504, 200], { retry: { attempts: 5 } }, 200, 5],
    ['does not follow a bug', [500, 200], { retry }, 500, 1],
    ['does not follow a refusal', [404, 200], { retry }, 404, 1],
    ['follows the statuses that are named, and no others', [500, 503, 200], { retry: { statuses: [500] } }, 503, 2],
    ['follows a refused connection', [failed, 200], { retry }, 200, 2],
    ['follows a timeout', [late, failed, 200], { retry }, 200, 3],
    ['does not follow what will not pass', [lasting, 200], { retry }, 'request-failed', 1],
    [
      'does not follow what the guard forbids',
      [new ActionFailure('request-forbidden', 'No.')],
      { retry },
      'request-forbidden',
      1,
    ],
    ['does not follow an answer that is too large', [new ActionFailure('too-large', 'No.')], { retry }, 'too-large', 1],
    ['ends with the last answer', [503], { retry }, 503, 3],
    ['ends with the last failure', [503, 503, failed], { retry }, 'request-failed', 3],
    ['is one of three by default', [503], { retry: {} }, 503, 3],
    ['repeats put', [503, 200], { retry, method: 'put' }, 200, 2],
    ['repeats delete, written in capitals too', [503, 200], { retry, method: 'DELETE' }, 200, 2],
    ['does not repeat post', [503, 200], { retry, method: 'post' }, 503, 1],
    ['does not repeat patch', [failed, 200], { retry, method: 'patch' }, 'request-failed', 1],
    ['repeats post where that is allowed', [failed, 200], { retry: { 'every-method': true }, method: 'post' }, 200, 2],
  ])('%s', async (_, outcomes, given, end, attempts) => {
    expect(await attempt(outcomes, given)).toMatchObject({ end, attempts });
  });

  it('sends the same once more', async () => {
    const { sent } = await attempt([503, 200], { retry, method: 'put', body: { a: 1 }, header: { 'x-id': '7' } });
    expect(sent[1]).toEqual(sent[0]);
    expect(sent[1]?.body).toBe('{"a":1}');
  });

  it('takes along the cookies of the answer before', async () => {
    const cookie = {
      name: 'a',
      value: '1',
      domain: 'api.example',
      path: '/',
      hostOnly: true,
      secure: false,
      httpOnly: false,
      expires: null,
    };
    const { sent } = await attempt([{ status: 503, cookies: [cookie] }, 200], { retry, cookies: [] });
    expect(sent.map(({ cookies }) => cookies)).toEqual([[], [cookie]]);
  });
});

describe('the time before another attempt', () => {
  it('grows twofold and up to a bound, by chance', async () => {
    const given = { retry: { attempts: 6, delay: 100, 'max-delay': 1000 } };
    expect((await attempt([503], given, 0.999)).slept.map(Math.round)).toEqual([100, 200, 400, 799, 999]);
    expect((await attempt([503], given, 0)).slept).toEqual([0, 0, 0, 0, 0]);
  });

  it.each([
    ['seconds', '7', 7000],
    ['a date', 'Sat, 21 Nov 2026 12:00:09 GMT', 9000],
    ['a date of the old kind', 'Saturday, 21-Nov-26 12:00:09 GMT', 9000],
    ['a date in the past', 'Sat, 21 Nov 2026 11:00:00 GMT', 0],
    ['nothing that can be read', 'soon', 250],
    ['a negative number', '-5', 250],
    ['a fraction', '1.5', 250],
    ['nothing', '', 250],
  ])('is what retry-after asks for, given as %s', async (_, value, ms) => {
    const { slept } = await attempt([{ status: 503, headers: { 'retry-after': value } }, 200], { retry });
    expect(slept).toEqual([ms]);
  });

  it.each([['31'], ['9999999999'], ['Sun, 22 Nov 2026 12:00:00 GMT']])(
    'is not waited for when retry-after is %s',
    async (value) => {
      const outcome = { status: 503, headers: { 'retry-after': value } };
      expect(await attempt([outcome, 200], { retry })).toMatchObject({ end: 503, slept: [] });
    },
  );

  it('ends with the run', async () => {
    const own = await openActionContext();
    const reason = new Error('Its time is over.');
    let asked = 0;
    const host: ActionContext['host'] = {
      ...own.context.host,
      request: async () => {
        asked += 1;
        setTimeout(() => own.cancel(reason), 5);
        throw failed;
      },
    };
    const given = { url: 'http://api.example/', method: 'get', retry: { delay: 3_600_000, 'max-delay': 3_600_000 } };
    const context = { ...own.context, host: { ...host, random: () => 0.9 } };
    await expect((async () => runAction(request, given, context))()).rejects.toBe(reason);
    expect(asked).toBe(1);
    await own.close();
  });
});

describe('the field', () => {
  it.each([
    [{ attempts: 0 }, '`retry.attempts` must be a whole number from 1 to 20'],
    [{ attempts: '3' }, '`retry.attempts` must be'],
    [{ delay: -1 }, '`retry.delay` must be'],
    [{ statuses: [200] }, '`retry.statuses` must be'],
    [{ attemps: 3 }, '`retry` has a member that it cannot have; it may have attempts, delay'],
  ])('refuses %j', async (given, message) => {
    const work = async () =>
      runAction(request, { url: 'http://api.example/', method: 'get', retry: given }, opened.context);
    await expect(work()).rejects.toMatchObject({
      code: 'input-invalid',
      message: expect.stringContaining(message),
    });
  });
});
