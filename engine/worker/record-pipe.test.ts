import { randomInt } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { RecordPipe } from './record-pipe.ts';

const full = Object.assign(new Error('EAGAIN'), { code: 'EAGAIN' });

describe('the pipe for records', () => {
  it('gives everything in order, however little is taken at a time', async () => {
    let taken = Buffer.alloc(0);
    const pipe = new RecordPipe((buffers) => {
      if (randomInt(3) === 0) throw full;
      const all = Buffer.concat(buffers);
      const part = all.subarray(0, randomInt(1, all.length + 1));
      taken = Buffer.concat([taken, part]);
      return part.length;
    });
    let given = '';
    for (let i = 0; i < 500; i++) {
      const text = `${i} ${'x'.repeat(randomInt(40))}\n`;
      given += text;
      pipe.push(Buffer.from(text));
      if (i % 7 === 0) pipe.pump();
    }
    await pipe.drained();
    expect(taken.toString()).toBe(given);
    expect(pipe.length).toBe(0);
  });

  it('counts what waits, asks a full one no more than now and then, and forgets all when nobody reads any more', async () => {
    let asked = 0;
    let failure: Error = full;
    const pipe = new RecordPipe(() => {
      asked++;
      throw failure;
    });
    for (let i = 0; i < 1_000; i++) {
      pipe.push(Buffer.alloc(10));
      pipe.pump();
    }
    expect(pipe.length).toBe(10_000);
    expect(asked).toBeLessThan(500);
    failure = Object.assign(new Error('EPIPE'), { code: 'EPIPE' });
    await pipe.drained();
    expect(pipe.length).toBe(0);
  });
});
