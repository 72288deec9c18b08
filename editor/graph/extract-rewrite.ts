import { expressionKind } from '../../engine/document/expression.ts';
import type { Action, Json } from '../../engine/document/types.ts';
import { isVerbatim } from './edits/lists.ts';
import type { Expression } from './extract-reads.ts';

/** Gives what an expression becomes, before what is inside of it is looked at. */
export type Rewrite = (expression: Expression) => Expression;

/** Rewrites references, JSONata expressions and templates anywhere in actions. */
export const rewriteActions = (actions: readonly Action[], rewrite: Rewrite): Action[] =>
  actions.map((action) => rewriteAction(action, rewrite));

function rewriteAction(action: Action, rewrite: Rewrite): Action {
  const input =
    action.input &&
    Object.entries(action.input).map(([field, value]): [string, Json] => [
      field,
      isVerbatim(action.action, field) ? value : rewriteValue(value, rewrite),
    ]);
  return {
    ...action,
    ...(input && { input: Object.fromEntries(input) }),
    ...(Array.isArray(action.output) && { output: action.output.map((part) => rewriteValue(part as Json, rewrite)) }),
  };
}

function rewriteValue(value: Json, rewrite: Rewrite): Json {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => rewriteValue(item, rewrite));
  const kind = expressionKind(value);
  if (kind === '$literal') return value;
  if (kind === '$jsonata' || kind === '$template') return rewrite(value);
  const after = kind === '$ref' ? rewrite(value) : value;
  if (kind === '$do') {
    const { actions, output } = value.$do as unknown as { actions: Action[]; output?: Json };
    return {
      $do: {
        actions: rewriteActions(actions, rewrite) as unknown as Json,
        ...(output !== undefined && { output: rewriteValue(output, rewrite) }),
      },
    };
  }
  return Object.fromEntries(Object.entries(after).map(([key, member]) => [key, rewriteValue(member, rewrite)]));
}

/** A text with parts of it replaced. Parts do not overlap. */
export function replaceParts(text: string, parts: readonly { from: number; to: number; by: string }[]): string {
  return [...parts]
    .sort((a, b) => b.from - a.from)
    .reduce((result, { from, to, by }) => result.slice(0, from) + by + result.slice(to), text);
}
