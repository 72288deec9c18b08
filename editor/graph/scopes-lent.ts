import type { Action } from '../../engine/document/types.ts';

// What actions with steps do with them. The library says it in code only, so it is told again here, and a test compares the
// two: every field with steps of every action is known.

/** How the steps in a field run: once for sure, perhaps or several times, or on a copy of the variables. */
export type StepsRun = 'once' | 'maybe' | 'apart';

/** Fields that hold steps whatever the action is. */
const everywhere = new Set(['foreach', 'onError', 'onErrorCode', 'onSkip', 'onTimeout', 'fallback']);

/** The others, by action. */
const stepFields: { readonly [action: string]: { readonly [field: string]: StepsRun } } = {
  'conditional/if': { conditions: 'maybe' },
  'conditional/match': { cases: 'maybe', default: 'maybe' },
  'conditional/switch': { cases: 'maybe', default: 'maybe' },
  'conditional/try': { value: 'maybe' },
  'flow/cache': { value: 'maybe' },
  'flow/circuit-breaker': { value: 'maybe' },
  'flow/debounce': { value: 'maybe' },
  'flow/parallel': { branches: 'apart' },
  'flow/race': { branches: 'apart' },
  'flow/retry': { value: 'once' },
  'flow/throttle': { value: 'maybe' },
  'flow/timeout': { value: 'apart' },
  'hash-table/get-cache': { value: 'maybe' },
  'http/paginate': { until: 'maybe' },
  'iteration/find': { condition: 'maybe' },
  'iteration/repeat': { do: 'maybe' },
  'iteration/while': { condition: 'once', do: 'maybe' },
  'organization/group': { do: 'once' },
  'system/async': { threads: 'apart' },
  'system/async-stream': { thread: 'apart' },
};

/** How the steps in a field run; null for a field whose values are all there before the action runs. */
export const stepsRun = (action: string, field: string): StepsRun | null => {
  const own = Object.hasOwn(stepFields, action) ? stepFields[action] : undefined;
  if (own !== undefined && Object.hasOwn(own, field)) return own[field] ?? null;
  return everywhere.has(field) ? 'maybe' : null;
};

/** Whether the steps in a field may run again after each other, so that what they set is there the next time. */
export const isRepeated = (action: string, field: string): boolean =>
  field === 'foreach' ||
  field === 'until' ||
  action.startsWith('iteration/') ||
  (action === 'flow/retry' && field === 'value');

/** A scope that steps in a field see besides those around. */
export interface LentScope {
  name: string;
  members: readonly string[];
}

const errorMembers = ['name', 'message', 'code', 'node'];
/** The scope of steps that run when something failed. */
export const errorScope: LentScope = { name: 'error', members: errorMembers };

const iterationFields = new Set(['foreach', 'condition', 'do', 'thread']);
const membersOfIteration: { readonly [action: string]: readonly string[] } = {
  'iteration/reduce': ['value', 'index', 'accumulator'],
  'iteration/repeat': ['index'],
  'object/map-values': ['value', 'key', 'index'],
};
const own: { readonly [field: string]: LentScope } = {
  'flow/retry value': { name: 'attempt', members: ['index', 'number', 'error'] },
  'flow/throttle onSkip': { name: 'skipped', members: ['last', 'retryAfterMs'] },
  'http/paginate until': { name: 'page', members: ['index', 'items', 'body'] },
};

/** What an action lends to the steps, or the value, in one of its fields. */
export function lentTo({ action, input }: Action, field: string): LentScope[] {
  const special = own[`${action} ${field}`];
  if (special !== undefined) return [special];
  if (field === 'onErrorCode') return [{ name: 'response', members: ['status', 'headers', 'body'] }, withType];
  if (field === 'onError') return [action === 'conditional/try' ? errorScope : withType];
  if (field === 'onTimeout' || field === 'fallback') return [errorScope];
  const scope = scopeOf({ action, input });
  if (scope === undefined || !iterationFields.has(field) || stepsRun(action, field) === null) return [];
  return [{ name: scope, members: membersOfIteration[action] ?? ['value', 'index'] }];
}

const withType: LentScope = { name: 'error', members: [...errorMembers, 'type'] };

/** The name of the scope that an iteration lends; undefined for other actions, and where it is computed. */
const scopeOf = ({ action, input }: Pick<Action, 'action'> & { input: Action['input'] }): string | undefined => {
  const isIteration =
    /^(?:iteration|array)\//.test(action) || action === 'object/map-values' || action === 'system/async-stream';
  const name = input?.scope ?? (isIteration ? 'item' : undefined);
  return typeof name === 'string' && name !== '' ? name : undefined;
};
