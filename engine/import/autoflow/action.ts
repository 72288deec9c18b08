import { found, quote } from '../../document/found.ts';
import type { Action, Json } from '../../document/types.ts';
import { toId } from '../ids.ts';
import type { Source } from '../source.ts';
import type { Around } from './around.ts';
import { convertSchema } from './schema.ts';
import { convertOutput, isFixedScope } from './scope-reference.ts';
import { structOf } from './struct.ts';

const known = new Set([
  '__struct__',
  'active',
  'category',
  'description',
  'input',
  'log',
  'mockingFlag',
  'mockingValue',
  'name',
  'output',
  'title',
  'visualId',
]);

/** One step; undefined for what is none. Its id is made from the action's name, so that addresses can be read. */
export function convertAction(source: Source, outside: Around): Action | undefined {
  const { report } = outside;
  if (source.object === undefined) {
    report.warn(outside.node, source, `An action must be an object, found ${found(source.value)}; it is left out.`);
    return undefined;
  }
  const action = actionId(source);
  const id = outside.ids.give(toId(action.split('/').at(-1) ?? '', 'action'));
  const around = { ...outside, node: `${outside.operation}/${id}` };
  outside.origins.set(around.node, source.pointer);
  warnOfUnknown(action, source, around);
  for (const [key, member] of source.members) {
    if (!known.has(key) && !member.isEmpty)
      report.warn(around.node, member, `${quote(key)} of an action has no counterpart; it is left out.`);
  }
  const title = source.at('title').filled;
  const description = source.at('description').filled;
  const isOff = source.at('active').value === false;
  const mock = convertMock(source);
  const input = convertInput(source.at('input'), action, around);
  const output = convertOutput(source.at('output'), around);
  return {
    id,
    action,
    ...(title !== undefined && { title }),
    ...(description !== undefined && { description }),
    ...(isOff && { enabled: false }),
    ...(source.at('log').value === true && { log: true }),
    ...(mock !== undefined && { mock }),
    ...(input !== undefined && { input }),
    ...(output !== undefined && { output }),
  };
}

function actionId(source: Source): string {
  const category = source.at('category').filled;
  const name = source.at('name').filled ?? 'unnamed';
  return clean(category === undefined ? name : `${category}/${name}`);
}

function warnOfUnknown(action: string, source: Source, { report, node, context }: Around): void {
  if (source.at('name').filled === undefined) {
    report.warn(node, source, 'The action has no name; it is kept, and fails when a run gets there.');
  } else if (context.actions !== undefined && !context.actions.has(action)) {
    report.tally(
      `action ${action}`,
      node,
      source,
      (more) => `There is no action ${quote(action)}${more}; it is kept, and fails when a run gets there.`,
    );
  }
}

const clean = (text: string): string => text.replace(/[\s\p{Cc}]+/gu, '-').slice(0, 128);

function convertMock(source: Source): Action['mock'] {
  const enabled = source.at('mockingFlag').value === true;
  const value = source.at('mockingValue').value ?? null;
  return enabled || value !== null ? { enabled, value } : undefined;
}

function convertInput(source: Source, action: string, around: Around): { [field: string]: Json } | undefined {
  const { report, node, context } = around;
  if (source.object === undefined) {
    if (!source.isEmpty)
      report.warn(
        node,
        source,
        `The input of an action must be an object, found ${found(source.value)}; it is left out.`,
      );
    return undefined;
  }
  const fields = context.actions?.get(action)?.fields ?? {};
  const inner = { ...around, scopes: scopesWithin(source, action, around) };
  const members = source.members.map(([name, member]): [string, Json] => {
    const isSchema = Object.hasOwn(fields, name) && fields[name]?.verbatim === true;
    if (!isSchema) return [name, inner.convert(member, inner)];
    return [name, structOf(member) === 'Schema' ? (convertSchema(member, inner) as Json) : (member.value ?? null)];
  });
  return Object.fromEntries([...members, ...unwritten(source, action, around)]);
}

/** Fields that older versions had not yet: what they did without them is said now. */
function unwritten(input: Source, action: string, { report, node }: Around): [string, Json][] {
  if (action !== 'string/interpolate' || !input.at('format').isEmpty) return [];
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is what workflows write.
  const format = '${variable}';
  report.tally('interpolate', node, input, (more) => `"format" is not set${more}; ${quote(format)} is taken.`);
  return [['format', format]];
}

// Iterations name the scope of their steps in the field "scope".
function scopesWithin(input: Source, action: string, { scopes, report, node }: Around): Around['scopes'] {
  const scope = input.at('scope');
  if (scope.value === undefined && !action.startsWith('iteration/')) return scopes;
  const name = scope.text;
  if (name === undefined) return undefined;
  if (isFixedScope(name)) {
    report.warn(
      node,
      scope,
      `The scope ${quote(name)} of an iteration is hidden by the scope of that name that every run has. Choose another name.`,
    );
  }
  return scopes && new Set([...scopes, name]);
}
