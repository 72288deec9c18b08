import type { ActionAnswer } from '../../engine/control/api/action-answer.ts';
import type { ActionShape, CheckContext, FieldShape } from '../../engine/document/check-context.ts';
import { checkWorkflow, surroundings } from '../../engine/document/check-workflow.ts';
import { found } from '../../engine/document/found.ts';
import { parseJsonText } from '../../engine/document/json-text.ts';
import { Place } from '../../engine/document/place.ts';
import type { Action, Fault, Json } from '../../engine/document/types.ts';
import { readActions } from '../../engine/import/autoflow/actions.ts';
import type { PastedActions } from './clipboard.ts';
import { withFreeIds } from './edits/ids.ts';

const allowed =
  'Allowed are actions as Copy writes them, an action or a list of actions as JSON, and actions of API AutoFlow';

export function readPasted(text: string, library?: readonly ActionAnswer[]): PastedActions {
  if (text.trim() === '') return { fault: 'The clipboard holds no text. Copy actions first.' };
  const parsed = parseJsonText(text);
  if (parsed.fault !== undefined) {
    const { line, column, message } = parsed.fault;
    return { fault: `The text is not JSON: line ${line}, column ${column}: ${message}.` };
  }
  const foreign = readActions(parsed.value, contextOf(library));
  const list = foreign?.actions ?? listOf(parsed.value);
  if (list === undefined)
    return { fault: `There are no actions in the text, found ${found(parsed.value)}. ${allowed}.` };
  if (list.length === 0) return { fault: 'The text holds no action.' };
  const named = list.map(withId);
  const wrong = foreign === undefined ? faultsOf(named).find((fault) => !isOfPlace(fault)) : undefined;
  if (wrong !== undefined)
    return { fault: `${wrong.message} It stands at ${wrong.pointer.replace('/actions', '') || '/'}.` };
  return {
    actions: [...withFreeIds(named as unknown as Action[], new Set())],
    warnings: foreign?.warnings.map(({ message }) => message) ?? [],
  };
}

/** The actions of ours that a text holds; undefined when it is something else. */
function listOf(value: Json): Json[] | undefined {
  if (Array.isArray(value)) return value.every(isAction) ? value : undefined;
  if (isAction(value)) return [value];
  if (typeof value !== 'object' || value === null) return undefined;
  const { actions } = value;
  const isWorkflow = Object.keys(value).every((key) => ['sluice', 'actions', 'output'].includes(key));
  return isWorkflow && Array.isArray(actions) && (value.sluice ?? 'actions') === 'actions' ? actions : undefined;
}

const isAction = (value: Json): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && typeof value.action === 'string';

/** Somebody who writes an action by hand may leave its id to us. */
const withId = (action: unknown): Json => {
  const given = action as { id?: Json; action: string };
  return given.id === undefined ? { id: given.action.split('/').at(-1) ?? '', ...given } : (given as unknown as Json);
};

function faultsOf(actions: readonly Json[]): Fault[] {
  const faults: Fault[] = [];
  checkWorkflow({ actions }, Place.root('', faults), surroundings({}, new Map()));
  return faults.filter(({ severity }) => severity === 'error');
}

/** Faults that depend on where the actions will stand, or that go away with new ids. */
const isOfPlace = ({ pointer, message }: Fault): boolean =>
  /\/output\/0$/.test(pointer) || message.includes('is already used at');

function contextOf(library: readonly ActionAnswer[] | undefined): CheckContext {
  if (library === undefined) return {};
  return { actions: new Map(library.map(({ id, input }): [string, ActionShape] => [id, { fields: fieldsOf(input) }])) };
}

const fieldsOf = ({ properties, required }: ActionAnswer['input']): { [name: string]: FieldShape } =>
  Object.fromEntries(
    Object.entries(properties).map(([name, schema]): [string, FieldShape] => {
      const isVerbatim = (schema as { format?: string }).format === 'schema';
      return [name, { optional: !required.includes(name), ...(isVerbatim && { verbatim: true as const }) }];
    }),
  );
