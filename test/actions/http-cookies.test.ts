import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import request from '../../actions/http/request.ts';
import type { ActionContext, HostCookie, HostRequest } from '../../actions/kit/index.ts';
import { type OpenContext, openActionContext, runAction } from '../support/action-context.ts';

let opened: OpenContext;
beforeEach(async () => {
  opened = await openActionContext();
});
afterEach(() => opened.close());

const send = async (given: Record<string, unknown>, context: ActionContext = opened.context) =>
  (await runAction(request, { url: 'http://api.example/login', method: 'post', ...given }, context)) as {
    body: unknown;
    cookies?: HostCookie[];
  };
const cookie = (name: string, value: string): HostCookie => ({
  name,
  value,
  domain: 'api.example',
  path: '/',
  hostOnly: true,
  secure: false,
  httpOnly: false,
  expires: null,
});

describe('a jar of this process', () => {
  it('is shared by name, and only by that name', async () => {
    expect((await send({ cookies: 'shop' })).body).toBe('none');
    expect(await send({ cookies: 'shop' })).toMatchObject({ body: 'session=s1' });
    expect((await send({ cookies: 'other' })).body).toBe('none');
    expect((await send({})).body).toBe('none');
  });

  it('does not come with the answer', async () => {
    expect(await send({ cookies: 'shop' })).not.toHaveProperty('cookies');
  });

  it('sends cookies to the hosts that set them', async () => {
    await send({ cookies: 'shop' });
    expect((await send({ cookies: 'shop', url: 'http://other.example/login' })).body).toBe('none');
  });

  it('is forgotten when it was not changed for a day', async () => {
    await send({ cookies: 'shop' });
    opened.skip(86_400_001);
    expect((await send({ cookies: 'shop' })).body).toBe('none');
  });

  it('loses nothing when requests overlap', async () => {
    const answers: ((cookies: HostCookie[]) => void)[] = [];
    const asked: HostRequest[] = [];
    const context: ActionContext = {
      ...opened.context,
      host: {
        ...opened.context.host,
        request: (outgoing) =>
          new Promise((resolve) => {
            asked.push(outgoing);
            answers.push((cookies) => resolve({ status: 200, headers: {}, body: new Uint8Array(), cookies }));
          }),
      },
    };
    const both = [send({ cookies: 'shop' }, context), send({ cookies: 'shop' }, context)];
    answers[0]?.([cookie('a', '1'), cookie('b', '1')]);
    answers[1]?.([cookie('c', '1')]);
    await Promise.all(both);
    // The third takes one away and changes one, while the fourth adds one.
    const more = [send({ cookies: 'shop' }, context), send({ cookies: 'shop' }, context)];
    answers[3]?.([...(asked[3]?.cookies ?? []), cookie('d', '1')]);
    answers[2]?.([cookie('b', '2'), cookie('c', '1')]);
    await Promise.all(more);
    void send({ cookies: 'shop' }, context);
    expect(asked[4]?.cookies?.map(({ name, value }) => `${name}=${value}`).sort()).toEqual(['b=2', 'c=1', 'd=1']);
  });
});

describe('a jar of the workflow', () => {
  it('goes from answer to request', async () => {
    const { cookies } = await send({ cookies: { language: 'en', none: null, page: 2, full: true } });
    const next = await send({ cookies });
    expect(next.body).toBe('language=en; page=2; full=true; session=s1');
  });

  it('begins empty', async () => {
    const answer = await send({ cookies: [] });
    expect(answer.body).toBe('none');
    expect(answer.cookies).toEqual([{ ...cookie('session', 's1'), httpOnly: true }]);
  });

  it('sends values by name to the host of the URL only, and by https only once they came for https', async () => {
    const asked: HostRequest[] = [];
    const context: ActionContext = {
      ...opened.context,
      host: {
        ...opened.context.host,
        request: async (outgoing) => {
          asked.push(outgoing);
          return { status: 200, headers: {}, body: new Uint8Array(), cookies: [] };
        },
      },
    };
    await send({ url: 'https://api.example/x/y', cookies: { a: '1' } }, context);
    expect(asked[0]?.cookies).toEqual([{ ...cookie('a', '1'), secure: true }]);
  });

  it.each([
    [{ 'a b': '1' }],
    [{ a: '1; b=2' }],
    [{ a: '1\r\nx: y' }],
    [{ a: [] }],
    [['a=1']],
    [[{ name: 'a' }]],
    [[{ name: 'a', value: '1;2', domain: 'api.example' }]],
    [[{ name: 'a', value: '1', domain: 'api.example', expires: 'soon' }]],
    [7],
  ])('is not %j', async (cookies) => {
    const work = async () => send({ cookies });
    await expect(work()).rejects.toMatchObject({ code: 'input-invalid', message: expect.stringMatching(/^`cookies/) });
  });
});
