import { quote } from '../../document/found.ts';
import {
  anything,
  describe,
  exactly,
  filledText,
  flag,
  type JsonObject,
  type JsonSchema,
  listOf,
  object,
  oneOf,
  rule,
  text,
  whole as wholeNumber,
} from '../../document/shape.ts';
import type { Json } from '../../document/types.ts';
import { type RedactionKnowledge, type RedactionTrial, tryRedaction, wrongPattern } from '../../log/redact/try.ts';
import { keysOfPart } from '../../settings/part.ts';
import { type SettingKey, settingKeys, settingsTable } from '../../settings/table.ts';
import type { ProjectStore } from '../project/store.ts';
import type { SettingsStore } from '../settings-store.ts';
import { etagHeader, jsonAnswer, problemAnswer } from './answer.ts';
import { etagOf, readPrecondition } from './precondition.ts';
import { Refusal } from './problem.ts';
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
    schema: describe(object, { description: 'What is allowed, as JSON Schema.' }),
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

/** Bytes of a trial, and how many names or patterns it may bring: it is done at once, by the process that serves the editor. */
const longestTrial = 65_536;
const mostTried = 20;

const trial = exactly(
  {
    value: describe(anything, { description: 'Any JSON.' }),
    label: describe(text, { description: 'Of the log line.' }),
    names: describe(listOf(filledText), { description: 'Instead of logs.redact.names; at most 20.' }),
    patterns: describe(listOf(filledText), { description: 'Instead of logs.redact.patterns; at most 20.' }),
  },
  ['label', 'names', 'patterns'],
);

const triedAnswer = exactly({
  value: describe(anything, { description: 'As a capture would hold it.' }),
  line: describe(filledText, { description: 'The plain line that system/log would write.' }),
  found: describe(wholeNumber(0), { description: 'Marks and references to secrets in the value.' }),
});

function refuseMany(field: string, given: readonly string[] | undefined): void {
  if (given === undefined || given.length <= mostTried) return;
  throw new Refusal(422, `There are ${given.length} ${field}; try at most ${mostTried} at a time.`, { field });
}

/** Of these an audit record has the key alone: addresses of endpoints are as good as passwords, and a pattern may be one. */
const untold: ReadonlySet<SettingKey> = new Set(['webhooks', 'otel', 'logs.redact.patterns']);

/** `logs.level from "info" to "debug"`. */
function changeInWords(key: SettingKey, before: JsonObject, after: JsonObject): string {
  if (untold.has(key)) return key;
  const [was, is] = [before, after].map((document) => {
    const text = JSON.stringify(
      key.split('.').reduce<unknown>((value, part) => (value as JsonObject | undefined)?.[part], document) ?? null,
    );
    return text.length > longestShown ? `what takes ${text.length} characters` : text;
  });
  return `${key} from ${was} to ${is}`;
}

const longestShown = 200;

/** What an administrator may set. The file is the same that the next start reads. */
export const settingsRoutes = (
  store: SettingsStore,
  project: Pick<ProjectStore, 'note'>,
  knowledge: () => RedactionKnowledge,
): Route[] => [
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
        audit('info', `Changed ${changed.map((key) => changeInWords(key, before, after)).join(', ')}`);
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
  {
    method: 'POST',
    path: '/api/settings/redact/try',
    // Whoever may ask what is redacted can find out secrets by guessing.
    right: 'administer',
    audit: 'settings.redaction-tried',
    summary: 'Shows what redaction makes of a value, with the names and patterns in force or with others.',
    body: { rule: trial, limitBytes: longestTrial },
    answers: {
      200: jsonAnswer('What would be written.', triedAnswer),
      422: problemAnswer('A pattern cannot be used, or there are too many.'),
    },
    handle({ body, res, audit }) {
      const { redact } = store.current.logs;
      const given = body as unknown as Pick<RedactionTrial, 'value' | 'label'> & Partial<RedactionTrial>;
      const { value, label, names = redact.names, patterns = redact.patterns } = given;
      refuseMany('names', given.names);
      refuseMany('patterns', given.patterns);
      const wrong = wrongPattern(patterns);
      if (wrong !== undefined) {
        const field = `patterns/${wrong.index}`;
        const detail = `The pattern ${quote(patterns[wrong.index] as string)} cannot be used: ${wrong.reason}. Patterns are in RE2 syntax.`;
        throw new Refusal(422, detail, { field, errors: [{ pointer: `/${field}`, detail }] });
      }
      audit('info', 'Tried redaction on a value');
      const tried = tryRedaction({ value, label, names, patterns }, knowledge());
      const { line, found } = tried;
      // The value is JSON text already, and would be none of ours any more after another round.
      res.type('json').send(`{"value":${tried.value},"line":${JSON.stringify(line)},"found":${found}}`);
    },
  },
];
