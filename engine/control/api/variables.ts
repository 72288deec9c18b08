import { anything, describe, mapOf } from '../../document/shape.ts';
import type { Json } from '../../document/types.ts';
import { unknownVariable, type Variables, variableNameRule, variableVersion } from '../variables.ts';
import { emptyAnswer, etagHeader, jsonAnswer } from './answer.ts';
import { etagOf, readPrecondition } from './precondition.ts';
import type { Route } from './route.ts';

const value = describe(anything, { description: 'Any JSON; null is a value.' });

/** The project's variables: the scope `global` of every run. A change is in force in every worker when it is answered. */
export function variableRoutes(variables: Variables): Route[] {
  const path = '/api/variables/:name';
  const parameters = { name: { description: `Its name: ${variableNameRule}.` } };
  const versionOf = (name: string): string => etagOf(variableVersion(variables.get(name) ?? null));
  return [
    {
      method: 'GET',
      path: '/api/variables',
      right: 'view',
      audit: null,
      summary: 'Reads every variable.',
      answers: { 200: jsonAnswer('Values by name.', mapOf(value), etagHeader) },
      handle: ({ res }) => void res.set('ETag', etagOf(variableVersion(variables.all()))).json(variables.all()),
    },
    {
      method: 'GET',
      path,
      right: 'view',
      audit: null,
      summary: 'Reads one variable.',
      parameters,
      answers: { 200: jsonAnswer('The bare value.', value, etagHeader) },
      handle(call) {
        const name = call.parameter('name');
        const found = variables.get(name);
        if (found === undefined) throw unknownVariable(name, variables.all());
        call.res.set('ETag', versionOf(name)).json(found);
      },
    },
    {
      method: 'PUT',
      path,
      right: 'edit',
      audit: 'variable.set',
      summary: 'Sets a variable to the JSON value that is the body.',
      parameters,
      body: value,
      ifMatch: true,
      answers: {
        201: jsonAnswer('The value, under a new name.', value, etagHeader),
        200: jsonAnswer('The value, in place of the one before.', value, etagHeader),
      },
      async handle(call) {
        const name = call.parameter('name');
        const when = readPrecondition(call.req);
        const outcome = await variables.set(name, call.body, { by: call.by, when });
        call.audit('info', `Set the variable ${name}`);
        call.res.status(outcome === 'created' ? 201 : 200).set('ETag', etagOf(variableVersion(call.body)));
        call.res.json(call.body satisfies Json);
      },
    },
    {
      method: 'DELETE',
      path,
      right: 'edit',
      audit: 'variable.removed',
      summary: 'Removes a variable; workflows read null in its place.',
      parameters,
      ifMatch: true,
      answers: { 204: emptyAnswer('It is gone.') },
      async handle(call) {
        const name = call.parameter('name');
        await variables.remove(name, { by: call.by, when: readPrecondition(call.req) });
        call.audit('info', `Removed the variable ${name}`);
        call.res.status(204).end();
      },
    },
  ];
}
