import { actionById } from '../../actions/index.ts';
import { type ActionDefinition, defineAction } from '../../actions/kit/index.ts';
import type { Action, Operation, Workflow } from '../../engine/document/types.ts';
import type { Outcome } from '../../engine/run/execute.ts';
import type { Run } from '../../engine/run/run.ts';
import { nextTurn } from '../../engine/run/turn.ts';
import { openStage, projectOf, type Stage, worldOf } from './environment.ts';
import type { World } from './interpreter-place.ts';

/* Small operations for tests that look at a run from outside while it is under way. */

/** Of the operation that `stageOf` makes. */
export const address = 'server/main/op';

/** Waits until it is let go, and listens to nobody. */
export const stubborn = (): { action: ActionDefinition; letGo(): Promise<void> } => {
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const action = defineAction({
    id: 'test/stubborn',
    title: 'Stubborn',
    summary: 'Waits until the test lets it go.',
    fields: {},
    output: null,
    examples: [],
    run: () => held,
  });
  return {
    action,
    async letGo() {
      release();
      // Whatever follows from it needs no longer than this.
      for (let turn = 0; turn < 5; turn += 1) await nextTurn();
    },
  };
};

/** A stage with one operation, every node of which tells its begin and end. */
export const stageOf = (
  operation: Partial<Operation> & { workflow: Workflow },
  parts: Partial<World> = {},
  ...more: ActionDefinition[]
): Promise<Stage> => {
  const library = new Map([...actionById, ...more.map((action) => [action.id, action] as const)]);
  const server = { id: 'main', type: 'http', operations: [{ id: 'op', method: 'GET', path: '/', ...operation }] };
  return openStage(worldOf({ project: projectOf([server]), library, ...parts }), { log: true });
};

/** An action that gives a value at once. */
export const set = (id: string, value: unknown = id): Action => ({
  id,
  action: 'variable/set',
  input: { value: value as never },
});
/** The action that waits for `letGo`. */
export const hold: Action = { id: 'hold', action: 'test/stubborn' };
/** Steps inside of an action that has the other keys of `action`. */
export const within = (id: string, action: Action, ...then: Action[]): Action => ({
  ...action,
  id,
  action: 'conditional/if',
  input: { conditions: [{ condition: true, value: { $do: { actions: then } } as never }] },
});

/** The one run that waits. */
export const waitingRun = (stage: Stage): Run => {
  const [run] = stage.waiting.runs;
  if (run === undefined) throw new Error('No run waits.');
  return run;
};

/** The actions that began, in order. */
export const begun = (stage: Stage): string[] =>
  stage.told
    .filter(({ event, node }) => event === 'begin' && node !== address)
    .map(({ node }) => node.slice(address.length + 1));

export const failureOf = ({ failure }: Outcome) => failure && `${failure.code} at ${failure.node}`;
