import { found } from '../document/found.ts';
import { nearest } from '../document/nearest.ts';
import { isObject, type JsonObject } from '../document/shape.ts';
import { Refusal } from './fault.ts';
import { isSecretReference, jsonFromText, type Kind, referenceSchema, refuse, type SecretReference } from './kinds.ts';

type Secretive = string | SecretReference;

/** An endpoint that is told of events (Standard Webhooks). */
export interface Webhook {
  id: string;
  url: Secretive;
  events: string[];
  /** A query as in the log search; only events it fits are sent. */
  filter?: string;
  secret: Secretive;
  active: boolean;
}

/** Where OpenTelemetry data goes. */
export interface Otel {
  endpoint: Secretive;
  protocol: 'http/json' | 'http/protobuf' | 'grpc';
  headers: { [name: string]: Secretive };
  traces: boolean;
  logs: boolean;
  metrics: boolean;
  types: string[];
  /** Share of runs from 0 to 1. */
  sample: number;
}

type Reader = (value: unknown, below: string) => unknown;

const text: Reader = (value, below) =>
  typeof value === 'string' && value !== '' ? value : refuse('a text that is not empty', value, below);
// What was found is told by its type only: it is meant to be a secret.
const secretive: Reader = (value, below) => {
  if (isSecretReference(value) || (typeof value === 'string' && value !== '')) return value;
  const what = value === '' ? 'an empty text' : value === null ? 'null' : `another type (${typeof value})`;
  throw new Refusal(below, `must be a text that is not empty, or {"$secret": name}, found ${what}`);
};
const url: Reader = (value, below) => {
  if (isSecretReference(value)) return value;
  const fits = typeof value === 'string' && URL.canParse(value) && /^https?:/i.test(value);
  if (fits) return value;
  const shown = typeof value === 'string' ? value.replace(/\/\/[^/?#]*@/, '//•••@') : value;
  return refuse('a URL that begins with http:// or https://, or {"$secret": name}', shown, below);
};
const flag: Reader = (value, below) => (typeof value === 'boolean' ? value : refuse('true or false', value, below));
const texts: Reader = (value, below) =>
  Array.isArray(value)
    ? value.map((item, index) => text(item, `${below}[${index}]`))
    : refuse('an array of texts', value, below);
const share: Reader = (value, below) =>
  typeof value === 'number' && value >= 0 && value <= 1 ? value : refuse('a number from 0 to 1', value, below);
const protocol: Reader = (value, below) =>
  value === 'http/json' || value === 'http/protobuf' || value === 'grpc'
    ? value
    : refuse('one of http/json, http/protobuf, grpc', value, below);
const headers: Reader = (value, below) => {
  if (!isObject(value)) return refuse('an object of header names and values', value, below);
  return Object.fromEntries(
    Object.entries(value).map(([name, content]) => [name, secretive(content, `${below}.${name}`)]),
  );
};

/** A text in place of the whole may be JSON with a slip and a secret in it, so it is not shown. */
const refuseForm = (allowed: string, value: unknown, below = ''): never => {
  if (typeof value !== 'string') return refuse(allowed, value, below);
  throw new Refusal(below, `must be ${allowed}, found a text that is no such JSON`);
};

function readMembers(
  value: unknown,
  below: string,
  readers: { readonly [key: string]: Reader },
  defaults: JsonObject,
  optional: readonly string[] = [],
): JsonObject {
  if (!isObject(value)) return refuseForm('an object', value, below);
  const members: JsonObject = { ...defaults };
  for (const [key, member] of Object.entries(value)) {
    const reader = Object.hasOwn(readers, key) ? readers[key] : undefined;
    if (reader === undefined) throw new Refusal(`${below}.${key}`, `is unknown.${hint(key, Object.keys(readers))}`);
    members[key] = reader(member, `${below}.${key}`);
  }
  const missing = Object.keys(readers).find((key) => !Object.hasOwn(members, key) && !optional.includes(key));
  if (missing !== undefined) throw new Refusal(`${below}.${missing}`, `must be there, found ${found(undefined)}`);
  return members;
}

/** ` Did you mean "…"?`, or ` Allowed are …` when nothing is near. */
export const hint = (key: string, allowed: readonly string[]): string => {
  const near = nearest(key, allowed);
  return near === undefined ? ` Allowed are ${allowed.join(', ')}` : ` Did you mean ${near}?`;
};

const secretiveSchema = { anyOf: [{ type: 'string', minLength: 1 }, referenceSchema] };
const textsSchema = { type: 'array', items: { type: 'string', minLength: 1 } };

export const webhooks = (): Kind<Webhook[]> => ({
  allowed: 'an array of webhooks',
  schema: {
    type: 'array',
    items: {
      type: 'object',
      properties: {
        id: { type: 'string', minLength: 1 },
        url: secretiveSchema,
        events: textsSchema,
        filter: { type: 'string', minLength: 1 },
        secret: secretiveSchema,
        active: { type: 'boolean' },
      },
      required: ['id', 'url', 'events', 'secret'],
      additionalProperties: false,
    },
  },
  read: (value) => {
    if (!Array.isArray(value)) return refuseForm('an array of webhooks', value);
    const readers = { id: text, url, events: texts, filter: text, secret: secretive, active: flag };
    const read = value.map(
      (item, index) => readMembers(item, `[${index}]`, readers, { active: true }, ['filter']) as unknown as Webhook,
    );
    for (const [index, { id }] of read.entries()) {
      const first = read.findIndex((other) => other.id === id);
      if (first < index) throw new Refusal(`[${index}].id`, `must be its own, found ${found(id)} at [${first}] too`);
    }
    return read;
  },
  fromText: jsonFromText,
});

export const otel = (): Kind<Otel> => ({
  allowed: 'an object with an endpoint',
  schema: {
    type: 'object',
    properties: {
      endpoint: secretiveSchema,
      protocol: { enum: ['http/json', 'http/protobuf', 'grpc'] },
      headers: { type: 'object', additionalProperties: secretiveSchema },
      traces: { type: 'boolean' },
      logs: { type: 'boolean' },
      metrics: { type: 'boolean' },
      types: textsSchema,
      sample: { type: 'number', minimum: 0, maximum: 1 },
    },
    additionalProperties: false,
  },
  read: (value) => {
    const readers = {
      endpoint: url,
      protocol,
      headers,
      traces: flag,
      logs: flag,
      metrics: flag,
      types: texts,
      sample: share,
    };
    const defaults = {
      protocol: 'http/json',
      headers: {},
      traces: true,
      logs: true,
      metrics: true,
      types: ['http', 'service', 'schedule', 'client'],
      sample: 1,
    };
    return readMembers(value, '', readers, defaults) as unknown as Otel;
  },
  fromText: jsonFromText,
});
