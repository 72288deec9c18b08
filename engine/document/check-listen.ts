import { found, quote } from './found.ts';
import { checkShape, flag, isObject, listOf, type Rule, rule, schemaOf, shape, text, whole } from './shape.ts';

/** 0 lets the system choose a free port. */
export const port: Rule = whole(0, 65_535);

const ipv4 = /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}$/;
const ipv6 = /^(?=.*:.*:)[0-9A-Fa-f:]{2,39}(?:\d{1,3}(?:\.\d{1,3}){3})?(?:%[A-Za-z0-9_.-]+)?$/;
const hostname = /^(?=.{1,253}$)[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,62})(?:\.[A-Za-z0-9_][A-Za-z0-9_-]{0,62})*\.?$/;

/** An address or name to listen on. */
export const host: Rule = rule({ type: 'string' }, (value, place) => {
  if (typeof value === 'string') {
    const looksNumeric = /^[\d.]+$/.test(value);
    if (looksNumeric ? ipv4.test(value) : ipv6.test(value) || hostname.test(value)) return;
  }
  const remedy =
    typeof value !== 'string'
      ? undefined
      : value.startsWith('[')
        ? 'Leave out the brackets.'
        : /:\d+$/.test(value)
          ? 'The port has a key of its own.'
          : undefined;
  place.expected('a host name or IP address, such as "127.0.0.1"', value, remedy);
});

const fieldName = /^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/;
const names: Rule = listOf(
  rule({ type: 'string', pattern: fieldName.source }, (value, place) => {
    if (typeof value !== 'string' || !fieldName.test(value))
      place.expected('the name of a header or method, or "*"', value);
  }),
  'an array of names',
);

const origin: Rule = rule({ type: 'string' }, (value, place) => {
  if (value === '*' || value === 'null') return;
  if (typeof value === 'string' && /^[a-z][a-z0-9+.-]*:\/\/[^/?#\s]+$/.test(value)) return;
  const remedy = typeof value === 'string' && value.endsWith('/') ? 'Leave out the last "/".' : undefined;
  place.expected('"*" or an origin, such as "https://app.example.com"', value, remedy);
});

const corsKeys = {
  origins: listOf(origin, 'an array of origins'),
  methods: names,
  headers: names,
  exposed: names,
  credentials: flag,
  maxAgeSeconds: whole(0, 86_400),
};
const corsSchema = { anyOf: [{ type: 'boolean' }, schemaOf({ keys: corsKeys, required: ['origins'] })] };

/** Cross-origin rules of a server, as the Fetch standard has them. */
export const cors: Rule = rule(corsSchema, (value, place) => {
  if (typeof value === 'boolean') return;
  if (!isObject(value)) return place.expected('true, false or an object with the key "origins"', value);
  checkShape(value, place, { keys: corsKeys, required: ['origins'] });
  if (value.credentials === true && Array.isArray(value.origins) && value.origins.includes('*')) {
    place
      .at('credentials')
      .error('"credentials" cannot be true while "origins" holds "*": browsers refuse it. Name the origins.');
  }
});

const secretReference = schemaOf({ keys: { $secret: text }, required: ['$secret'] });

const pem: Rule = rule({ anyOf: [{ type: 'string', minLength: 1 }, secretReference] }, (value, place) => {
  if (typeof value === 'string' && value !== '') return;
  const isSecret = isObject(value) && typeof value.$secret === 'string' && Object.keys(value).length === 1;
  if (!isSecret) place.expected('PEM text, the path of a PEM file or {"$secret": name}', value);
});

export const tls: Rule = shape({ cert: pem, key: pem }, ['cert', 'key']);

const cronNames = /^@(?:yearly|annually|monthly|weekly|daily|midnight|hourly)$/;

/** Five fields from minute to day of the week, six with seconds in front, or a name such as @daily. Values are judged by the schedule. */
export const cron: Rule = rule({ type: 'string' }, (value, place) => {
  if (typeof value !== 'string') return place.expected('a cron expression, such as "0 6 * * 1-5"', value);
  if (cronNames.test(value)) return;
  const fields = value.trim().split(/\s+/);
  if (fields.length !== 5 && fields.length !== 6) {
    place.error(`A cron expression has five fields, or six with seconds, found ${fields.length} in ${found(value)}.`);
    return;
  }
  const bad = fields.find((field) => !/^[0-9A-Za-z*?,/#-]+$/.test(field));
  if (bad !== undefined)
    place.error(`A cron expression cannot have the field ${quote(bad)}. Allowed are digits, names and * , - / ? #.`);
});
