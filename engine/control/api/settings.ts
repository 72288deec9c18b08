import {
  anything,
  describe,
  exactly,
  filledText,
  flag,
  type JsonSchema,
  listOf,
  object,
  oneOf,
  rule,
} from '../../document/shape.ts';
import type { Json } from '../../document/types.ts';
import { keysOfPart } from '../../settings/part.ts';
import { type SettingKey, settingKeys, settingsTable } from '../../settings/table.ts';
import type { ProjectStore } from '../project/store.ts';
import type { SettingsStore } from '../settings-store.ts';
import { etagHeader, jsonAnswer, problemAnswer } from './answer.ts';
import { etagOf, readPrecondition } from './precondition.ts';
import type { Route } from './route.ts';

const orNull = (schema: JsonSchema): JsonSchema => ({ anyOf: [schema, { type: 'null' }] });

/** The settings as one object of objects. `keySchema` says what may stand at a key. */
function settingsSchema(keySchema: (key: SettingKey) => JsonSchema, required: boolean, above = ''): JsonSchema {
  const names = [
    ...new Set(
      settingKeys.filter((key) => key.startsWith(above)).map((key) => key.slice(above.length).split('.')[0] as string),
    ),
  ];
  const isKey = (key: string): key is SettingKey => Object.hasOwn(settingsTable, key);
  const properties = names.map((name): [string, JsonSchema] => {
    const key = above + name;
    if (isKey(key)) return [name, { ...keySchema(key), description: settingsTable[key].meaning }];
    const group = settingsSchema(keySchema, required, `${key}.`);
    return [name, required ? group : orNull(group)];
  });
  return {
    type: 'object',
    properties: Object.fromEntries(properties),
    ...(required && { required: names }),
    additionalProperties: false,
  };
}

const whole = rule({ ...settingsSchema((key) => orNull(settingsTable[key].schema), true), title: 'Settings' }, object);

// What is wrong inside is told with the words of the start, with 422. Of webhooks and otel a part, or a mask, will do.
const part = rule(
  settingsSchema((key) => (key === 'otel' ? orNull({ type: 'object' }) : orNull(settingsTable[key].schema)), false),
  object,
);

const keyAnswer = exactly(
  {
    key: filledText,
    value: describe(anything, { description: 'In force, as settings.json would hold it; secrets are "•••".' }),
    default: anything,
    meaning: filledText,
    allowed: describe(filledText, { description: 'What is allowed, in words.' }),
    source: oneOf(['default', 'file', 'environment', 'flag']),
    environment: describe(filledText, { description: 'The variable that overrides the file.' }),
    restart: describe(flag, { description: 'A change is in force from the next start on.' }),
    pending: describe(anything, { description: 'In force from the next start on; absent when that changes nothing.' }),
    stored: describe(anything, {
      description: 'What the file holds while a flag or a variable overrides it; absent otherwise.',
    }),
  },
  ['pending', 'stored'],
);

/** What an administrator may set. The file is the same that the next start reads. */
export const settingsRoutes = (store: SettingsStore, project: Pick<ProjectStore, 'note'>): Route[] => [
  {
    method: 'GET',
    path: '/api/settings',
    // The address of an endpoint is often as good as a password.
    right: 'administer',
    audit: null,
    summary: 'Reads the settings as settings.json would hold them, with every key.',
    answers: {
      200: jsonAnswer('What waits for a restart is shown; secrets are "•••".', whole, etagHeader),
    },
    handle: ({ res }) => void res.set('ETag', etagOf(store.revision)).json(store.document()),
  },
  {
    method: 'PUT',
    path: '/api/settings',
    right: 'administer',
    audit: 'settings.changed',
    summary: 'Changes the settings by any part of them: objects merge, null goes back to the default.',
    body: part,
    ifMatch: true,
    answers: {
      200: jsonAnswer('The settings, in force but for keys that need a restart.', whole, {
        ...etagHeader,
        'sluice-restart-needed': 'Keys that wait for a restart; absent when none does.',
        'sluice-overridden': 'Keys of the body that a flag or a variable overrides: stored, but not in force.',
      }),
      409: problemAnswer('The file is damaged and has to be repaired first.'),
      422: problemAnswer('A key is unknown or a value not allowed; nothing was changed.'),
    },
    async handle({ body, req, res, by, audit }) {
      const { changed, pending, before, after } = await store.change(body, readPrecondition(req));
      if (changed.length > 0) {
        audit('info', `Changed ${changed.join(', ')}`);
        const change = { resource: 'settings', before: before as Json, after: after as Json };
        await project.note([change], { user: by, action: 'settings' });
      }
      if (pending.length > 0) res.set('sluice-restart-needed', pending.join(', '));
      const given = new Set([...keysOfPart(body)].map(([key]) => key));
      const overridden = store.keys().filter(({ key, stored }) => given.has(key) && stored !== undefined);
      if (overridden.length > 0) res.set('sluice-overridden', overridden.map(({ key }) => key).join(', '));
      res.set('ETag', etagOf(store.revision)).json(store.document());
    },
  },
  {
    method: 'GET',
    path: '/api/settings/keys',
    right: 'administer',
    audit: null,
    summary:
      'Tells of every key: its value in force and where that comes from, its default, meaning and what is allowed.',
    answers: { 200: jsonAnswer('In the order of the documentation.', listOf(keyAnswer)) },
    handle: ({ res }) => void res.json(store.keys()),
  },
];
