import { describe, expect, it } from 'vitest';
import { actionById } from '../../actions/index.ts';
import { checkDocument } from '../../engine/document/check.ts';
import { checkProject } from '../../engine/document/check-project.ts';
import { nextTurn } from '../../engine/run/turn.ts';
import { late, openStage, runAtOnce } from '../support/environment.ts';
import { interpret } from '../support/interpreter.ts';
import type { Told, World } from '../support/interpreter-place.ts';
import { type Report, reportOf, show } from '../support/report.ts';
import { defaultCall, type FlowCase, givenOfCase, suites, worldOfCase } from './cases.ts';

/** Runs a case through compiled code. Without `log`, only what is told of every run is told. */
const runCompiled = async (flow: FlowCase, world: World, log: boolean): Promise<{ report: Report; told: Told[] }> => {
  const stage = await openStage(world, { log });
  const outcome = await stage.start(flow.call ?? defaultCall, givenOfCase(flow));
  // What was told to stop may still have to say that it did.
  if (flow.unordered) await nextTurn();
  return { report: reportOf(outcome, stage.told), told: stage.told };
};

const runPlain = async (flow: FlowCase, world: World): Promise<Report> => {
  const result = await interpret(world, flow.call ?? defaultCall, givenOfCase(flow));
  if (flow.unordered) await nextTurn();
  return reportOf(result, result.told);
};

const expected = ({ gives = null, fails, handles }: FlowCase): Report['ended'] => ({
  output: show(gives),
  failure: fails ?? handles ?? null,
  handled: handles !== undefined,
});

const beginsOf = (told: readonly Told[], root: string): string[] =>
  told
    .filter(({ event, node }) => event === 'begin' && node !== root)
    .map(({ node, iteration }) => node.replace(`${root}/`, '') + (iteration === undefined ? '' : `#${iteration}`));

const faultsOf = ({ project }: World): string[] => {
  const context = { actions: actionById };
  const faults = [
    ...[...project.servers.values()].flatMap((server) =>
      checkDocument('server', server, { ...context, file: server.id }),
    ),
    ...[...project.services.values()].flatMap((service) =>
      checkDocument('service', service, { ...context, file: service.id }),
    ),
    ...checkProject(project, context),
  ];
  return faults.filter(({ severity }) => severity === 'error').map(({ pointer, message }) => `${pointer} ${message}`);
};

const inOrder = (told: string[], { unordered = false }: FlowCase): string[] => (unordered ? told.toSorted() : told);

/** Whether a case holds something that may take its time; nothing else may cost a promise. */
const mayWait = (flow: FlowCase): boolean =>
  /thread\/sleep|"retry"|timeoutMs|\$jsonata|\$template/.test(JSON.stringify(flow));

describe.each(suites)('%s', (_, cases) => {
  it.each(cases.map((flow) => [flow.name, flow] as const))('%s', async (_name, flow) => {
    const world = worldOfCase(flow, actionById);
    if (flow.unchecked) expect(faultsOf(world)).not.toEqual([]);
    else expect(faultsOf(world)).toEqual([]);

    const plain = await runPlain(flow, world);
    const silent = await runCompiled(flow, world, false);
    const logged = await runCompiled(flow, world, true);
    expect(plain.ended, 'as the documents mean it').toEqual(expected(flow));
    expect(silent.report.ended, 'compiled').toEqual(expected(flow));
    if (!mayWait(flow)) {
      const stage = await openStage(world);
      expect(await runAtOnce(stage, flow.call ?? defaultCall, givenOfCase(flow)), 'without a promise').not.toBeNull();
    }
    expect(logged.report.ended, 'compiled, with log on everywhere').toEqual(expected(flow));
    expect(inOrder(logged.report.told, flow)).toEqual(inOrder(plain.told, flow));
    if (flow.order) expect(beginsOf(logged.told, flow.call ?? defaultCall)).toEqual(flow.order);
    if (flow.says)
      expect(silent.told.filter(({ event }) => event === 'log').map(({ data }) => show(data))).toEqual(
        flow.says.map(sayOf),
      );

    const waiting = { ...world, library: late(actionById) };
    const later = await runCompiled(flow, waiting, true);
    expect(later.report.ended, 'with a wait in every action').toEqual(expected(flow));
    expect(inOrder(later.report.told, flow)).toEqual(inOrder(plain.told, flow));
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });
});

const sayOf = (said: unknown): string => {
  const { level, label, value } = said as { level: string; label?: string; value: unknown };
  return show({ level, label, value });
};

it('has no two cases of one name in a suite', () => {
  for (const [suite, cases] of suites) expect(new Set(cases.map(({ name }) => name)).size, suite).toBe(cases.length);
});
