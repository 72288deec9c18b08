import { expect, it } from 'vitest';
import type { SpanTree } from '../store/run-head.ts';
import { simulationText } from './simulation-text.ts';

const span = (node: string, children: SpanTree[] = [], output: unknown = null): SpanTree => ({
  node,
  begin: '2026-11-21T12:00:00.000000Z',
  ms: 1,
  input: { a: 1 },
  output,
  error: null,
  children,
});
const answer = (spans: SpanTree[]) => ({ run: 'R', state: 'succeeded' as const, output: 'x', error: null, spans });
const encode = (value: unknown): string =>
  typeof value === 'string' && value.length > 10 ? '{"$cut":{}}' : JSON.stringify(value);

it('is the answer, with each value bounded by itself', () => {
  const spans = [span('a', [span('b', [], 'much too long a text'), { ...span('c'), iteration: 3 }])];
  const expected = structuredClone(answer(spans)) as { spans: { children: { output: unknown }[] }[] };
  (expected.spans[0]?.children[0] as { output: unknown }).output = { $cut: {} };
  expect(JSON.parse(simulationText(answer(spans), encode))).toEqual(expected);
});

it('counts the spans for which there is no room', () => {
  const many = Array.from({ length: 100 }, (_, index) => span(`n${index}`, [span('inner')]));
  const { spans } = JSON.parse(simulationText(answer([span('root', many)]), encode, 2000));
  expect(spans[0].children.length).toBeGreaterThan(5);
  expect(spans[0].children.length).toBeLessThan(30);
  const there = spans[0].children.flatMap(
    ({ children, spansLeftOut = 0 }: SpanTree) => 1 + children.length + spansLeftOut,
  );
  const sum = there.reduce((all: number, one: number) => all + one, 0);
  expect(sum + spans[0].spansLeftOut).toBe(200);
});
