import { expressionKind } from '../../document/expression.ts';
import { found, quote } from '../../document/found.ts';
import type { Action, Json, Workflow } from '../../document/types.ts';
import type { Source } from '../source.ts';
import type { Around } from './around.ts';
import { convertActions, mappingOf } from './workflow.ts';

/** The parts of an answer, and what they are called here. */
const parts = [
  ['status_code', 'status'],
  ['header', 'headers'],
  ['body', 'body'],
] as const;

/** An answer may take a step of its own before it can be given. */
interface Answer {
  output: Json;
  before: Action[];
}

/** The workflow of an HTTP operation: what it gives is an answer, `{status, headers, body}`. */
export function convertAnswering(source: Source, around: Around): Workflow {
  const actions = convertActions(source, around).flatMap((action) => breakWithAnswer(action, source, around));
  const mapping = mappingOf(source);
  if (mapping.value === undefined || mapping.value === null) {
    around.report.warn(around.node, mapping, 'The operation has no answer; it answers 200 with nothing.');
    return { actions, output: {} };
  }
  const { output, before } = answerOf(around.convert(mapping, around), mapping, around);
  return { actions: [...actions, ...before], output };
}

// What ends the operation itself is its answer; a break further inside ends only the steps around it.
function breakWithAnswer(action: Action, source: Source, around: Around): Action[] {
  if (action.action !== 'scope/break' || action.input === undefined || !Object.hasOwn(action.input, 'mapping'))
    return [action];
  const { output, before } = answerOf(action.input.mapping ?? {}, source.at('actions'), around);
  return [...before, { ...action, input: { ...action.input, mapping: output } }];
}

function answerOf(value: Json, at: Source, around: Around): Answer {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    around.report.warn(around.node, at, `An answer must be an object, found ${found(value)}; it is taken as the body.`);
    return { output: { body: value }, before: [] };
  }
  if (expressionKind(value) !== undefined) return computed(value, around);
  for (const key of Object.keys(value)) {
    if (parts.some(([name]) => name === key)) continue;
    around.report.warn(
      around.node,
      at,
      `${quote(key)} of an answer has no counterpart; it is left out. There are "status_code", "header" and "body".`,
    );
  }
  const kept = parts.filter(([name]) => Object.hasOwn(value, name));
  return { output: Object.fromEntries(kept.map(([name, ours]) => [ours, value[name] ?? null])), before: [] };
}

/** An answer that is known only in a run: its parts get their names one by one. */
function computed(value: { [key: string]: Json }, around: Around): Answer {
  const isReference = expressionKind(value) === '$ref';
  const path = isReference ? (value.$ref as Json[]) : ['variables', 'answer'];
  const output = Object.fromEntries(parts.map(([name, ours]) => [ours, { $ref: [...path, name] }]));
  if (isReference) return { output, before: [] };
  const id = around.ids.give('answer');
  return { output, before: [{ id, action: 'variable/set', input: { value }, output: ['variables', 'answer'] }] };
}
