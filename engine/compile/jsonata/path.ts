import type { Ast, PathNode, Stage } from './ast.ts';
import { add, tick, useObject } from './budget.ts';
import { type Group, groupItems } from './group.ts';
import { type Sort, sortItems } from './order.ts';
import {
  boolean,
  CONS,
  type Evaluate,
  type Frame,
  FunctionValue,
  frameOf,
  isNumeric,
  isSequence,
  isTuples,
  KEEP,
  mark,
  marksOf,
  type Plain,
  SEQUENCE,
  sequence,
  TUPLES,
  type Tuple,
} from './value.ts';

type Items = unknown[];
type CompiledStage = { index: string } | Filter;
interface Filter {
  readonly evaluate: Evaluate;
  /** The predicate is this number and nothing else. */
  readonly at?: number;
}
interface Step {
  readonly evaluate: Evaluate;
  readonly sort?: Sort;
  readonly stages: readonly CompiledStage[];
  readonly tuple: boolean;
  readonly constructsArray: boolean;
  readonly focus?: string;
  readonly index?: string;
  readonly ancestor?: string;
}

const isAllNumbers = (value: unknown): value is number[] => Array.isArray(value) && value.every(isNumeric);

/** Keeps the items for which a predicate holds, or those at the positions it gives. */
export const filterItems = ({ evaluate, at }: Filter, input: unknown, frame: Frame): Items => {
  const tuples = isTuples(input);
  const kept = tuples ? mark(sequence(), TUPLES) : sequence();
  const items = Array.isArray(input) ? input : [input];
  if (at !== undefined) {
    const item = items[at < 0 ? items.length + at : at];
    if (Array.isArray(item)) return item;
    if (item !== undefined) add(kept, item);
    return kept;
  }
  for (let index = 0; index < items.length; index++) {
    tick();
    const item = items[index];
    const found = tuples ? evaluate((item as Tuple)['@'], frameOf(frame, item as Tuple)) : evaluate(item, frame);
    const positions = isNumeric(found) ? [found] : found;
    if (isAllNumbers(positions)) {
      for (const position of positions) {
        const whole = Math.floor(position);
        if ((whole < 0 ? items.length + whole : whole) === index) add(kept, item);
      }
    } else if (boolean(positions)) add(kept, item);
  }
  return kept;
};

export const compileFilter = (ast: Ast, compile: (ast: Ast) => Evaluate): Filter =>
  ast.type === 'number' ? { evaluate: compile(ast), at: Math.floor(ast.value as number) } : { evaluate: compile(ast) };

const runStages = (stages: readonly CompiledStage[], input: unknown, frame: Frame): unknown => {
  let items = input;
  for (const stage of stages) {
    if ('evaluate' in stage) items = filterItems(stage, items, frame);
    else for (const [index, tuple] of (items as Tuple[]).entries()) tuple[stage.index] = index;
  }
  return items;
};

const runStep = (step: Step, items: Items, frame: Frame, isLast: boolean): Items => {
  if (step.sort) return runStages(step.stages, sortItems(step.sort, items, frame), frame) as Items;
  const results: Items = [];
  for (const item of items) {
    tick();
    const result = runStages(step.stages, step.evaluate(item, frame), frame);
    if (result !== undefined) results.push(result);
  }
  const only = results[0];
  if (isLast && results.length === 1 && Array.isArray(only) && !isSequence(only)) return only;
  const flat = sequence();
  for (const result of results) {
    if (Array.isArray(result) && (marksOf(result) & CONS) === 0) for (const item of result) add(flat, item);
    else add(flat, result);
  }
  return flat;
};

const itemsOf = (tuples: readonly Tuple[]): Items => {
  const items = sequence();
  for (const tuple of tuples) add(items, tuple['@']);
  return items;
};

const toTuple = (item: unknown): Tuple => Object.assign(Object.create(null), { '@': item });

const sortTuples = (sort: Sort, step: Step, items: Items, tuples: Items | undefined, frame: Frame): Items => {
  if (tuples) return sortItems(sort, tuples, frame);
  const sorted = mark(sequence(), TUPLES);
  sortItems(sort, items, frame).forEach((item, index) => {
    const tuple = toTuple(item);
    if (step.index !== undefined) tuple[step.index] = index;
    add(sorted, tuple);
  });
  return sorted;
};

const runTupleStep = (step: Step, items: Items, tuples: Items | undefined, frame: Frame): Items => {
  if (step.sort) return runStages(step.stages, sortTuples(step.sort, step, items, tuples, frame), frame) as Items;
  const made = mark(sequence(), TUPLES);
  for (const tuple of (tuples ?? items.map(toTuple)) as Tuple[]) {
    tick();
    const result = step.evaluate(tuple['@'], frameOf(frame, tuple));
    if (result === undefined) continue;
    const inner = isTuples(result);
    (Array.isArray(result) ? result : [result]).forEach((item, index) => {
      useObject(256);
      const next: Tuple = Object.assign(Object.create(null), tuple);
      if (inner) Object.assign(next, item);
      else {
        if (step.focus !== undefined) next[step.focus] = item;
        else next['@'] = item;
        if (step.index !== undefined) next[step.index] = index;
        if (step.ancestor !== undefined) next[step.ancestor] = tuple['@'];
      }
      add(made, next);
    });
  }
  return runStages(step.stages, made, frame) as Items;
};

const compileStep = (ast: Ast, compile: (ast: Ast) => Evaluate): Step => ({
  evaluate: ast.type === 'sort' ? () => undefined : compile(ast),
  ...(ast.type === 'sort' && {
    sort: {
      terms: ast.terms.map((term) => ({ descending: term.descending === true, evaluate: compile(term.expression) })),
      position: ast.position,
    },
  }),
  stages: (ast.stages ?? []).map((stage: Stage) =>
    stage.type === 'index' ? { index: stage.value as string } : compileFilter(stage.expr, compile),
  ),
  tuple: ast.tuple === true,
  constructsArray: ast.consarray === true,
  ...(ast.focus !== undefined && { focus: ast.focus }),
  ...(ast.index !== undefined && { index: ast.index }),
  ...(ast.ancestor && { ancestor: ast.ancestor.label }),
});

const isPlain = (ast: Ast): boolean => !ast.stages && !ast.predicate && !ast.group && !ast.tuple && !ast.keepArray;
const isPlainName = (ast: Ast): boolean => ast.type === 'name' && isPlain(ast);
const nameOf = (ast: Ast): string => String((ast as { value: unknown }).value);

/** True for a path that is nothing but names, such as `request.query.name`: its value is a part of the data. */
export const isPlainPath = (ast: Ast): boolean =>
  ast.type === 'path' && !ast.keepSingletonArray && !ast.group && !ast.tuple && ast.steps.every(isPlainName);

/** Compiles a path: each step is evaluated for every item of the step before it, and the results are one sequence. */
export const compilePath = (ast: PathNode, compile: (ast: Ast) => Evaluate, group: Group | undefined): Evaluate => {
  const steps = ast.steps.map((step) => compileStep(step, compile));
  const startsAtVariable = ast.steps[0]?.type === 'variable';
  const keepsTuples = ast.tuple === true;
  const keeps = ast.keepSingletonArray === true;

  const general: Evaluate = (input, frame) => {
    let items: Items = Array.isArray(input) && !startsAtVariable ? input : sequence(input);
    let result: unknown;
    let tuples: Items | undefined;
    let inTuples = false;
    for (let at = 0; at < steps.length; at++) {
      const step = steps[at] as Step;
      if (step.tuple) inTuples = true;
      if (at === 0 && step.constructsArray) result = step.evaluate(items, frame);
      else if (inTuples) tuples = runTupleStep(step, items, tuples, frame);
      else result = runStep(step, items, frame, at === steps.length - 1);
      // A grouped array constructor gives an object, in which there is nothing to step through.
      if (result !== undefined && !Array.isArray(result) && at < steps.length - 1) result = sequence();
      if (!inTuples && (result === undefined || (result as Items).length === 0)) break;
      if (step.focus === undefined) items = result as Items;
    }
    if (tuples) result = keepsTuples ? tuples : itemsOf(tuples as Tuple[]);
    if (keeps && Array.isArray(result)) {
      const bits = marksOf(result);
      if ((bits & CONS) !== 0 && (bits & SEQUENCE) === 0) result = sequence(result);
      if (isSequence(result)) mark(result, KEEP);
    }
    return group ? groupItems(group, inTuples ? tuples : result, frame) : result;
  };

  if (keeps || group || ast.tuple) return general;
  const [first, ...rest] = ast.steps as [Ast, ...Ast[]];
  if (ast.steps.every(isPlainName)) return readNames((input) => input, ast.steps.map(nameOf), general);
  return isPlain(first) && first.type === 'variable' && rest.every(isPlainName)
    ? readNames(compile(first), rest.map(nameOf), general)
    : general;
};

// Most paths lead through plain objects only; until an array turns up, no sequence is needed.
const readNames =
  (start: Evaluate, names: readonly string[], general: Evaluate): Evaluate =>
  (input, frame) => {
    let value = start(input, frame);
    for (const name of names) {
      if (Array.isArray(value)) return general(input, frame);
      if (typeof value !== 'object' || value === null || value instanceof FunctionValue || !Object.hasOwn(value, name))
        return undefined;
      value = (value as Plain)[name];
    }
    return isSequence(value) ? general(input, frame) : value;
  };
