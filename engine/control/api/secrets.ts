import { idRule } from '../../document/address.ts';
import { quote } from '../../document/found.ts';
import { parseJsonBytes } from '../../document/json-text.ts';
import { didYouMean } from '../../document/nearest.ts';
import {
  describe,
  exactly,
  filledText,
  flag,
  isObject,
  type JsonSchema,
  listOf,
  orNull,
  rule,
  text,
} from '../../document/shape.ts';
import type { Json } from '../../document/types.ts';
import { ControlFault } from '../control.ts';
import { longestSecret } from '../secrets/secret-rules.ts';
import type { Secrets } from '../secrets/secrets.ts';
import type { SecretUse } from '../secrets/uses.ts';
import { emptyAnswer, jsonAnswer, problemAnswer } from './answer.ts';
import type { BodyForm } from './body.ts';
import { Refusal } from './problem.ts';
import type { Route } from './route.ts';

const secretAnswer = describe(
  exactly({
    name: filledText,
    changed: describe(orNull(text), { description: 'RFC 3339; null if its entry is damaged.' }),
    readable: describe(flag, { description: 'false: the key is missing or another one, or the entry is damaged.' }),
    redacted: describe(flag, {
      description: 'Whether its value is looked for in logs; values shorter than four characters are not.',
    }),
    usedBy: describe(
      listOf(
        exactly({
          node: describe(filledText, { description: 'Address of the nearest node, or "settings".' }),
          pointer: describe(text, { description: 'Where in that document (RFC 6901).' }),
        }),
      ),
      { description: 'Every place of the live project and the settings that names it.' },
    ),
  }),
  { title: 'Secret', description: 'What may be told of a secret; never its value.' },
);

const body: BodyForm = {
  rule: rule(
    {
      type: 'object',
      properties: {
        value: { type: 'string', minLength: 1, maxLength: longestSecret, writeOnly: true } satisfies JsonSchema,
      },
      required: ['value'],
      additionalProperties: false,
    },
    // What was found is not shown, whatever it is: somebody took it for a secret.
    (value, place) => {
      if (!isObject(value) || !Object.hasOwn(value, 'value') || Object.keys(value).length !== 1)
        place.error('The document must be an object with the one key "value", which is a text.');
    },
  ),
  types: { 'application/json': readPrivately },
};

/** JSON whose faults name the place and quote nothing. */
function readPrivately(bytes: Uint8Array): Json {
  const { value, fault } = parseJsonBytes(bytes);
  if (fault === undefined) return value;
  const detail = `The body is no JSON that can be used: it stops being JSON at line ${fault.line}, column ${fault.column}.`;
  throw new Refusal(400, detail, { errors: [{ pointer: '', detail }] });
}

/** Names of secrets and where they are used, and their values on the way in. No answer ever holds a value. */
export function secretRoutes(secrets: Secrets, uses: () => ReadonlyMap<string, SecretUse[]>): Route[] {
  const parameters = { name: { description: `Its name: ${idRule}.` } };
  const unknown = (name: string): Refusal =>
    new Refusal(404, `There is no secret ${quote(name)}.${didYouMean(name, secrets.names())}`);
  return [
    {
      method: 'GET',
      path: '/api/secrets',
      // Whoever edits workflows has to know which secrets there are.
      right: 'edit',
      audit: null,
      summary: 'Lists the secrets, without their values, and where each is used.',
      answers: { 200: jsonAnswer('By name.', listOf(secretAnswer)) },
      handle({ res }) {
        const used = uses();
        res.json(secrets.list().map((secret) => ({ ...secret, usedBy: used.get(secret.name) ?? [] })));
      },
    },
    {
      method: 'GET',
      path: '/api/secrets/:name',
      right: 'edit',
      audit: null,
      summary: 'Tells of one secret, without its value.',
      parameters,
      answers: { 200: jsonAnswer('It is stored.', secretAnswer) },
      handle(call) {
        const name = call.parameter('name');
        const secret = secrets.get(name);
        if (secret === undefined) throw unknown(name);
        call.res.json({ ...secret, usedBy: uses().get(name) ?? [] });
      },
    },
    {
      method: 'PUT',
      path: '/api/secrets/:name',
      right: 'administer',
      audit: 'secret.set',
      summary: 'Stores a secret, encrypted; in force in every worker when the call is answered.',
      parameters,
      body,
      answers: {
        201: emptyAnswer('Stored under a new name.'),
        204: emptyAnswer('Stored in place of the value before.'),
        409: problemAnswer('The key is missing or another one, so that nothing can be encrypted.'),
      },
      async handle(call) {
        const name = call.parameter('name');
        const outcome = await secrets.set(name, (call.body as { value: Json }).value);
        call.audit('info', `Stored the secret ${name}`);
        call.res.status(outcome === 'created' ? 201 : 204).end();
      },
    },
    {
      method: 'DELETE',
      path: '/api/secrets/:name',
      right: 'administer',
      audit: 'secret.removed',
      summary: 'Removes a secret. Runs that need it fail from then on.',
      parameters,
      answers: {
        204: emptyAnswer('It is gone.'),
        409: problemAnswer('A setting needs it, or the key is missing.'),
      },
      async handle(call) {
        const name = call.parameter('name');
        const setting = uses()
          .get(name)
          ?.find(({ node }) => node === 'settings');
        // The next start would be refused.
        if (setting !== undefined) {
          throw new ControlFault(
            409,
            `The secret ${quote(name)} is used by the settings at ${setting.pointer}. Change that setting first.`,
            'name',
          );
        }
        if (!(await secrets.remove(name))) throw unknown(name);
        call.audit('info', `Removed the secret ${name}`);
        call.res.status(204).end();
      },
    },
  ];
}
