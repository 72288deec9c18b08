import { bundle } from '../../actions/bundle.mjs';

/** Steps of one workflow: what comes before the first and after the last of them is shared by so many. */
const steps = 20;

const environment = {
  limits: { runMs: 2 ** 31 - 1, steps: Number.MAX_SAFE_INTEGER, callDepth: 1 },
  captures: null,
  captureRules: { all: false, errors: false, slowMs: null },
};

/** The library, and its actions as the engine runs them with nothing switched on. */
export const openStage = async () => {
  const bundled = await bundle({
    library: 'actions/index.ts',
    kit: 'actions/kit/index.ts',
    operation: 'engine/compile/operation.ts',
    run: 'engine/run/run.ts',
    scopes: 'engine/run/scopes.ts',
    turn: 'engine/run/turn.ts',
  });
  const names = ['library', 'kit', 'operation', 'run', 'scopes', 'turn'];
  const [library, kit, operation, run, scopes, turn] = await Promise.all(names.map(bundled.load));
  bundled.remove();

  /** A function that performs the action, whose input is among the variables, `steps` times. */
  const compile = ({ id, fields }, given) => {
    const address = 'service/bench/one';
    const referTo = (name) => (fields[name]?.verbatim ? given[name] : { $ref: ['variables', name] });
    const input = Object.fromEntries(Object.keys(given).map((name) => [name, referTo(name)]));
    const source = {
      id: 'one',
      workflow: { actions: Array.from({ length: steps }, (_, i) => ({ id: `s${i}`, action: id, input })) },
    };
    const parts = { address, kind: 'service', version: '', onError: undefined, checkInput: null, checkOutput: null };
    const compiled = operation.compileOperation(source, parts, library.actionById);
    const place = new scopes.Scopes(new run.Run(compiled, environment, null, null));
    Object.assign(place.variables, given);
    return () => compiled.workflow(place);
  };
  return { actions: library.actions, checkInput: kit.checkInput, compile, steps, nextTurn: turn.nextTurn };
};
