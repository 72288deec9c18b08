import { documentRule } from '../../document/check.ts';
import type { CheckContext } from '../../document/check-context.ts';
import { folders, resourceKinds } from '../../document/layout.ts';
import {
  exactly,
  filledText,
  listOf,
  object,
  orNull,
  rule,
  schemaOf,
  shape,
  text,
  whole,
} from '../../document/shape.ts';
import type { Json, Resource } from '../../document/types.ts';
import { ImportFault } from '../../import/types.ts';
import { documentsOf } from '../../wire/messages.ts';
import type { Control } from '../control.ts';
import { importInto } from '../project/import.ts';
import { nameOf, variablesName } from '../project/revision.ts';
import { etagHeader, jsonAnswer } from './answer.ts';
import { etagOf, readPrecondition } from './precondition.ts';
import { Refusal } from './problem.ts';
import { flagParameter, textParameter } from './query.ts';
import { type Route, route } from './route.ts';

/** Bytes of a whole project. */
const projectBytes = 64 * 1024 * 1024;

const warning = exactly({ resource: orNull(text), pointer: text, message: filledText });

const importAnswer = exactly({
  imported: listOf(filledText),
  replaced: listOf(filledText),
  unchanged: listOf(filledText),
  warnings: listOf(warning),
  revision: orNull(whole(1, Number.MAX_SAFE_INTEGER)),
});

/** The project as a whole: out, in, and in from other formats. */
export function projectRoutes(control: Control, context: CheckContext): Route[] {
  const { store, variables } = control;
  const project = projectRule(context);
  const read = () => ({ sluice: 1, ...documentsOf(store.documents), variables: variables.all() });
  return [
    {
      method: 'GET',
      path: '/api/project',
      right: 'view',
      audit: null,
      summary: 'Reads the whole live project: documents and variables, without secrets.',
      answers: { 200: jsonAnswer('The project, as PUT takes it.', project, etagHeader) },
      handle: ({ res }) => void res.set('ETag', etagOf(store.etag())).json(read()),
    },
    {
      method: 'PUT',
      path: '/api/project',
      right: 'edit',
      audit: 'project.replaced',
      summary: 'Replaces the whole live project in one step; what is not in the body is removed.',
      ifMatch: true,
      body: { rule: rule(project.schema, form), limitBytes: projectBytes },
      answers: { 200: jsonAnswer('The project, in force.', project, etagHeader) },
      async handle({ req, res, body, by, audit }) {
        const when = readPrecondition(req);
        const { revision } = await store.replace(documentsIn(body), when, { user: by, action: 'replace' });
        if (revision) audit('warning', `Replaced the project: ${revision.changes.length} changes`);
        res.set('ETag', etagOf(store.etag())).json(read());
      },
    },
    route({
      method: 'POST',
      path: '/api/project/import',
      right: 'edit',
      audit: 'project.imported',
      summary:
        'Takes in a project of Sluice, a configuration of API AutoFlow 3.x or an OpenAPI 3 document; all or nothing.',
      query: {
        replace: flagParameter('Replace what is there under the same id and different.'),
        name: textParameter('Name of the file, for the ids and titles of what has none.'),
      },
      body: {
        rule: rule({ description: 'JSON, or YAML in the other media types.' }, text),
        limitBytes: projectBytes,
        types: Object.fromEntries(textTypes.map((type) => [type, decoded])),
      },
      answers: { 200: jsonAnswer('It is in the live project; servers arrive stopped.', importAnswer) },
      async handle({ query: { replace, name }, body, by, res, audit }) {
        const options = { replace, user: by, context, ...(name !== undefined && { name }) };
        const { revision, ...answer } = await importInto(store, variables, body as string, options).catch(refused);
        if (revision) audit('info', `Imported ${answer.imported.join(', ')}`);
        res.json({ ...answer, revision: revision?.revision ?? null });
      },
    }),
  ];
}

const textTypes = ['application/json', 'application/yaml', 'application/x-yaml', 'text/yaml', 'text/x-yaml'];

function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    const detail = 'The body is no UTF-8; save the file in that encoding.';
    throw new Refusal(400, detail, { errors: [{ pointer: '', detail }] });
  }
}

function refused(thrown: unknown): never {
  if (!(thrown instanceof ImportFault)) throw thrown;
  const errors = thrown.faults.map(({ resource, pointer, message }) => ({
    ...(resource !== null && { resource }),
    pointer,
    detail: message,
  }));
  throw new Refusal(422, thrown.message, { errors });
}

const keysOf = (context: CheckContext) => ({
  sluice: whole(1, 1),
  ...Object.fromEntries(resourceKinds.map((kind) => [folders[kind], listOf(documentRule(kind, context))])),
  variables: object,
});

const projectRule = (context: CheckContext) => {
  const { schema } = shape(keysOf(context));
  return rule({ ...schema, title: 'Project' }, () => {});
};

/** Only the frame: what is wrong with the documents is told by the check that every change goes through. */
const form = shape({
  sluice: whole(1, 1),
  ...Object.fromEntries(
    resourceKinds.map((kind) => [folders[kind], listOf(shapeOfDocument(), 'an array of documents')]),
  ),
  variables: object,
});

function shapeOfDocument() {
  return rule(schemaOf({ keys: { id: text }, required: ['id'] }), (value, place) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) place.expected('an object', value);
    else if (typeof (value as { id?: unknown }).id !== 'string')
      place.at('id').expected('an id', (value as { id?: unknown }).id);
  });
}

/** A project's body by name. */
function documentsIn(body: Json): Map<string, Json> {
  const given = body as { [key: string]: Json };
  const documents = new Map<string, Json>();
  for (const kind of resourceKinds) {
    for (const [index, document] of ((given[folders[kind]] ?? []) as unknown as Resource[]).entries()) {
      const name = nameOf(kind, document.id);
      if (documents.has(name)) {
        const detail = `The id "${document.id}" is used twice among the ${folders[kind]}.`;
        const pointer = `/${folders[kind]}/${index}/id`;
        throw new Refusal(422, detail, { field: pointer.slice(1), errors: [{ pointer, detail }] });
      }
      documents.set(name, document as unknown as Json);
    }
  }
  if (given.variables !== undefined) documents.set(variablesName, given.variables);
  return documents;
}
