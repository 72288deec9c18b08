import { found } from '../document/found.ts';
import { nearest } from '../document/nearest.ts';
import { isObject, type JsonObject } from '../document/shape.ts';
import { Refusal } from './fault.ts';
import { isSecretReference, jsonFromText, type Kind, refuse, type SecretReference } from './kinds.ts';

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
const secretive: Reader = (value, below) => (isSecretReference(value) ? value : text(value, below));
const url: Reader = (value, below) => {
  if (isSecretReference(value)) return value;
  const fits = typeof value === 'string' && URL.canParse(value) && /^https?:/i.test(value);
  return fits ? value : refuse('a URL that begins with http:// or https://, or {"$secret": name}', value, below);
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

function readMembers(
  value: unknown,
  below: string,
  readers: { readonly [key: string]: Reader },
  defaults: JsonObject,
  optional: readonly string[] = [],
): JsonObject {
  if (!isObject(value)) return refuse('an object', value, below);
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

export const webhooks = (): Kind<Webhook[]> => ({
  allowed: 'an array of webhooks',
  read: (value) => {
    if (!Array.isArray(value)) return refuse('an array of webhooks', value);
    const readers = { id: text, url, events: texts, filter: text, secret: secretive, active: flag };
    return value.map(
      (item, index) => readMembers(item, `[${index}]`, readers, { active: true }, ['filter']) as unknown as Webhook,
    );
  },
  fromText: jsonFromText,
});

export const otel = (): Kind<Otel | undefined> => ({
  allowed: 'an object with an endpoint',
  read: (value) => {
    if (value === undefined || value === null) return undefined;
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
