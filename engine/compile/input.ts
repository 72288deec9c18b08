import type { Field, Fields, Lazy } from '../../actions/kit/fields.ts';
import { isPlainObject } from '../../actions/kit/fields.ts';
import { expressionKind } from '../document/expression.ts';
import type { Json } from '../document/types.ts';
import { RunBranch } from '../run/branch.ts';
import type { Scopes } from '../run/scopes.ts';
import { afterTurn, mustYield } from '../run/step.ts';
import type { OperationBuilder } from './builder.ts';
import { assemble, constant, type Evaluate, evaluateAll, objectOf } from './evaluate.ts';

interface Node {
  readonly address: string;
  readonly index: number;
}

/** Compiles an action's input by its fields: most are evaluated before it runs, lazy ones when it asks. */
export function compileInput(
  input: { [field: string]: Json },
  fields: Fields,
  node: Node,
  build: OperationBuilder,
): Evaluate {
  // An optional lazy field that is null is left out: a Lazy that gives null would be an answer, not the lack of one.
  const names = Object.keys(input).filter(
    (name) => Object.hasOwn(fields, name) && !(input[name] === null && fields[name]?.lazy && fields[name].optional),
  );
  const evaluates = names.map((name) => compileField(input[name] as Json, fields[name] as Field, node, build));
  return objectOf(names, evaluates);
}

function compileField(value: Json, field: Field, node: Node, build: OperationBuilder): Evaluate {
  if (field.verbatim) return constant(value).evaluate;
  if (field.lazy) return compileLazy(value, node, build);
  if (field.rows) return compileRows(value, field.rows, node, build);
  return build.value(value).evaluate;
}

/** Gives the action a function; each call counts as a step, so that no loop escapes the limits. */
function compileLazy(value: Json, node: Node, build: OperationBuilder): Evaluate {
  const { evaluate } = build.value(value);
  const perform = (scopes: Scopes): unknown =>
    mustYield(scopes, node.address, node.index) ? afterTurn(scopes, () => evaluate(scopes)) : evaluate(scopes);
  return (scopes): Lazy => {
    return (locals, branch) => {
      if (branch instanceof RunBranch) return branch.perform(scopes, locals, perform);
      return perform(locals === undefined && !scopes.changing ? scopes : scopes.within(locals ?? {}));
    };
  };
}

function compileRows(value: Json, members: Fields, node: Node, build: OperationBuilder): Evaluate {
  if (Array.isArray(value)) {
    const rows = value.map((row) =>
      isPlainObject(row) && expressionKind(row as Json) === undefined
        ? compileInput(row as { [field: string]: Json }, members, node, build)
        : computed(row, (data) => wrapMembers(data, members), build),
    );
    return (scopes) => evaluateAll(rows, scopes);
  }
  return computed(value, (list) => (Array.isArray(list) ? list.map((row) => wrapMembers(row, members)) : list), build);
}

/** Rows that an expression gives: their members are data by then, and only look lazy. */
function computed(value: Json, wrap: (data: unknown) => unknown, build: OperationBuilder): Evaluate {
  const { evaluate } = build.value(value);
  return (scopes: Scopes) => {
    const data = evaluate(scopes);
    return data instanceof Promise ? data.then(wrap) : wrap(data);
  };
}

function wrapMembers(row: unknown, members: Fields): unknown {
  if (!isPlainObject(row)) return row;
  const names = Object.keys(row);
  return assemble(
    names,
    names.map((name) => (members[name]?.lazy ? () => row[name] : row[name])),
  );
}
