import fc from 'fast-check';
import { expect, it } from 'vitest';
import { actionById } from '../../actions/index.ts';
import type { Project } from '../../engine/document/types.ts';
import { late, openStage } from '../support/environment.ts';
import { interpret } from '../support/interpreter.ts';
import type { World } from '../support/interpreter-place.ts';
import { type Report, reportOf } from '../support/report.ts';
import { defaultCall, givenOfCase, worldOfCase } from './cases.ts';
import { randomFlow } from './random.ts';

const runCompiled = async (world: World, given: unknown, log: boolean): Promise<Report> => {
  const stage = await openStage(world, { log });
  return reportOf(await stage.start(defaultCall, given as object), stage.told);
};

const deepFreeze = <T>(value: T): T => {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const part of Object.values(value)) deepFreeze(part);
  }
  return value;
};

/** A project of its own for each run: compiled code may keep and freeze parts of the documents. */
const copyOf = (project: Project): Project => structuredClone(project);

it('random workflows do the same compiled, logged, with waits everywhere and interpreted', async () => {
  const tally = { failed: 0, handled: 0, succeeded: 0 };
  await fc.assert(
    fc.asyncProperty(randomFlow, async (flow) => {
      const world = worldOfCase(flow, actionById);
      const given = deepFreeze(givenOfCase(flow));
      const result = await interpret({ ...world, project: copyOf(world.project) }, defaultCall, given);
      const plain = reportOf(result, result.told);
      expect((await runCompiled({ ...world, project: copyOf(world.project) }, given, false)).ended).toEqual(
        plain.ended,
      );
      expect(await runCompiled({ ...world, project: copyOf(world.project) }, given, true)).toEqual(plain);
      expect(
        await runCompiled({ ...world, project: copyOf(world.project), library: late(actionById) }, given, true),
      ).toEqual(plain);
      tally[result.failure === null ? 'succeeded' : result.handled ? 'handled' : 'failed'] += 1;
    }),
    { numRuns: 300 },
  );
  // Each kind of ending has to come up, or the grammar has lost its reach.
  for (const count of Object.values(tally)) expect(count).toBeGreaterThan(5);
  expect(Object.hasOwn(Object.prototype, 'a')).toBe(false);
}, 120_000);
