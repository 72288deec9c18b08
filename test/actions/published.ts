import { readFileSync } from 'node:fs';
import { isPlainObject } from '../../actions/kit/index.ts';
import type { CheckContext } from '../../engine/document/check-context.ts';
import type { Json, Server } from '../../engine/document/types.ts';
import {
  answer,
  api,
  configuration,
  event,
  execution,
  ref,
  server,
  step,
} from '../../engine/import/autoflow/build-for-test.ts';
import { type ImportWarning, readImport } from '../../engine/import/index.ts';

/** An example as it was published; `{"ref": "request.body"}` is a reference, `{"string/upcase": {…}}` steps. */
export interface PublishedExample {
  args: { [field: string]: Json };
  /** What the scopes hold: `request` and `variables`. */
  scope?: { request?: { [part: string]: Json }; variables?: { [name: string]: Json } };
  /** Actions that run first. */
  before?: { [action: string]: { [field: string]: Json } }[];
  result: Json;
  /** The result is one of many; what it always is. */
  varies?: string;
  /** Why the published result is not taken as right. */
  doubtful?: string;
  /** What a doubtful example gives here. */
  gives?: Json;
}

export interface PublishedAction {
  id: string;
  /** Names of its fields; those of older releases are not known by name. */
  fields?: string[];
  examples?: PublishedExample[];
}

export const publishedActions = JSON.parse(
  readFileSync(new URL('./published-examples.json', import.meta.url), 'utf8'),
) as PublishedAction[];

const ids = new Set(publishedActions.map(({ id }) => id));

/** The short forms as the structures of a configuration. */
const structured = (value: Json): Json => {
  if (Array.isArray(value)) return value.map(structured);
  if (!isPlainObject(value)) return value;
  const [entry, ...others] = Object.entries(value as { [key: string]: Json });
  if (entry !== undefined && others.length === 0) {
    const [key, inner] = entry;
    if (key === 'ref' && typeof inner === 'string') {
      const [scope, ...path] = inner.split('.');
      return ref(scope as string, ...path);
    }
    if (ids.has(key)) return execution([stepOf(key, inner as { [field: string]: Json })]);
  }
  return Object.fromEntries(
    Object.entries(value as { [key: string]: Json }).map(([key, part]) => [key, structured(part)]),
  );
};

const stepOf = (id: string, args: { [field: string]: Json }): { [key: string]: Json } =>
  step(id, structured(args) as { [field: string]: Json });

/** Sets what the example finds among the variables, then does what it shows. */
const stepsOf = (id: string, { args, scope, before = [] }: PublishedExample): Json[] => [
  ...Object.entries(scope?.variables ?? {}).map(([name, value]) =>
    step('variable/set', { value }, { output: ref('variables', name) }),
  ),
  ...before.flatMap((steps) => Object.entries(steps).map(([action, input]) => stepOf(action, input))),
  stepOf(id, args),
];

/** A server whose operations are the examples, in order, as the import of a configuration makes it. */
export const importExamples = (
  examples: readonly (readonly [id: string, example: PublishedExample])[],
  actions: CheckContext['actions'],
): { server: Server; warnings: ImportWarning[] } => {
  const paths = examples.map((_, index) => `/${index}`);
  const events = examples.map(([id, example], index) =>
    event('post', paths[index] as string, execution(stepsOf(id, example), answer(ref('variables', 'output')))),
  );
  const apis = [api(Object.fromEntries(paths.map((path) => [path, { post: {} }])))];
  const text = JSON.stringify(configuration({ API: apis, Server: [server(events)] }));
  const { documents, warnings } = readImport(text, { context: actions === undefined ? {} : { actions } });
  return { server: documents.servers[0] as Server, warnings };
};
