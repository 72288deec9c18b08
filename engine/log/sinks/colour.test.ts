import { Buffer } from 'node:buffer';
import { Writable } from 'node:stream';
import { expect, it } from 'vitest';
import { colourLines, wantsColour } from './colour.ts';
import { noLines } from './levels.ts';
import { Mirror } from './mirror.ts';

const plain = (level: string, text = 'Test: [info]  Hello') => `2026-11-21 04:36:22.123 [${level}]  ${text}\n`;
const json = `{"id":"1-1","time":"2026-11-21T03:36:22.123Z","level":"error","kind":"system","event":"x","message":"${plain('error').trim()}"}\n`;

it('colours the level of plain lines and nothing else', () => {
  expect(colourLines(Buffer.from(plain('debug') + plain('warning', 'ü') + json + plain('error'))).toString()).toBe(
    '2026-11-21 04:36:22.123 [\u001b[90mdebug\u001b[39m]  Test: [info]  Hello\n' +
      '2026-11-21 04:36:22.123 [\u001b[33mwarning\u001b[39m]  ü\n' +
      json +
      '2026-11-21 04:36:22.123 [\u001b[31merror\u001b[39m]  Test: [info]  Hello\n',
  );
});

it.each<[boolean, Record<string, string>, boolean]>([
  [true, {}, true],
  [false, {}, false],
  [true, { NO_COLOR: '1' }, false],
  [true, { NO_COLOR: '' }, true],
  [true, { TERM: 'dumb' }, false],
  [true, { TERM: 'xterm-256color' }, true],
  [false, { FORCE_COLOR: '1' }, true],
  [false, { FORCE_COLOR: '' }, false],
  [false, { FORCE_COLOR: 'true', NO_COLOR: '1' }, true],
  [true, { FORCE_COLOR: '0' }, false],
  [true, { FORCE_COLOR: 'false' }, false],
])('a terminal (%s) with %j: %s', (isTTY, env, coloured) => {
  expect(wantsColour({ isTTY }, env)).toBe(coloured);
});

it.each([true, false])('a mirror with colour %s hands on bytes', (isColoured) => {
  const taken: Buffer[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _, done) {
      taken.push(chunk);
      done();
    },
  });
  const mirror = new Mirror(stream, isColoured);
  const bytes = Buffer.from(plain('info'));
  expect(mirror.write(bytes, { ...noLines(), info: 1 })).toBe(true);
  mirror.close();
  expect(taken).toEqual([isColoured ? colourLines(bytes) : bytes]);
  expect(taken[0] === bytes).toBe(!isColoured);
});
