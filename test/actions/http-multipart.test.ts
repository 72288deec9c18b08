import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import multipart from '../../actions/http/multipart-request.ts';
import type { ActionContext, HostRequest } from '../../actions/kit/index.ts';
import { type OpenContext, openActionContext, runAction } from '../support/action-context.ts';

let opened: OpenContext;
beforeEach(async () => {
  opened = await openActionContext();
});
afterEach(() => opened.close());

const send = async (parts: unknown[], given = {}, context: ActionContext = opened.context) => {
  const input = { url: 'http://api.example/upload', multipart: parts, ...given };
  return ((await runAction(multipart, input, context)) as { body: unknown }).body;
};

describe('a part', () => {
  it.each<[string, Record<string, unknown>, object]>([
    ['a text', { value: 'grün\r\n--x' }, { value: 'grün\r\n--x' }],
    ['a number', { value: 7 }, { value: '7' }],
    ['false', { value: false }, { value: 'false' }],
    ['a date', { value: new Date(0) }, { value: '1970-01-01T00:00:00.000Z' }],
    ['data as JSON', { value: [1, null] }, { value: '[1,null]' }],
    ['bytes', { value: Buffer.from('raw') }, { filename: 'a', type: 'application/octet-stream', text: 'raw' }],
    [
      'a text as a file',
      { value: '1,2', filename: 'x.csv', 'content-type': 'text/csv' },
      { filename: 'x.csv', type: 'text/csv', text: '1,2' },
    ],
    ['a file', { file: 'reports/a.csv' }, { filename: 'a.csv', type: 'application/octet-stream', text: '1,2\n' }],
    ['a file by another name', { file: 'greeting.txt', filename: 'ä "q".txt' }, { filename: 'ä "q".txt' }],
  ])('may be %s', async (_, part, received) => {
    expect(await send([{ name: 'a', ...part }])).toEqual([expect.objectContaining({ name: 'a', ...received })]);
  });

  it('cannot end its name and begin a header of its own', async () => {
    const asked: HostRequest[] = [];
    const context: ActionContext = {
      ...opened.context,
      host: {
        ...opened.context.host,
        request: async (outgoing) => {
          asked.push(outgoing);
          return { status: 200, headers: {}, body: new Uint8Array() };
        },
      },
    };
    await send([{ name: 'a"\r\nx-evil: 1', value: 'v', filename: 'b"\nc' }], {}, context);
    const body = String(Buffer.from(asked[0]?.body as Uint8Array));
    expect(body).toContain('name="a%22%0D%0Ax-evil: 1"; filename="b%22%0Ac"');
    expect(body).not.toMatch(/^x-evil/m);
  });

  it.each([
    [{ name: 'a', value: 1, 'content-type': 'text/plain\r\nx-evil: 1' }, '`multipart[0].content-type` must be'],
    [{ name: 'a', value: { n: Number.NaN } }, '`multipart[0].value` holds'],
    [{ value: 1 }, '`multipart[0].name` is missing'],
  ])('is refused when it is %j', async (part, message) => {
    const work = async () => send([part]);
    await expect(work()).rejects.toMatchObject({
      code: 'input-invalid',
      message: expect.stringContaining(message),
    });
  });

  it('is read up to 100 MB of them together', async () => {
    await writeFile(join(opened.folder, 'files/big.bin'), Buffer.alloc(60_000_000));
    await expect(
      send([
        { name: 'a', file: 'big.bin' },
        { name: 'b', file: 'big.bin' },
      ]),
    ).rejects.toMatchObject({
      code: 'too-large',
    });
  });
});

it('has the content type of the body, whatever headers say', async () => {
  const header = { 'Content-Type': 'application/json', 'content-type': 'text/plain' };
  expect(await send([{ name: 'a', value: 'v' }], { header })).toEqual([{ name: 'a', value: 'v' }]);
});
