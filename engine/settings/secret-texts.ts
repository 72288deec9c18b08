import { isDeepStrictEqual } from 'node:util';
import { isObject, type JsonObject } from '../document/shape.ts';
import { SettingsFault } from './fault.ts';
import { isSecretReference } from './kinds.ts';
import type { SettingKey } from './table.ts';

/** What the control API shows in place of a secret, and takes as "leave it as it is". */
const mask = '•••';

// User name and password of a URL (RFC 3986, section 3.2.1).
const userinfo = /^([a-z][a-z0-9+.-]*:\/\/)[^/?#]*@/i;

const maskText = (value: unknown): unknown => (typeof value === 'string' ? mask : value);
const maskUrl = (value: unknown): unknown =>
  typeof value === 'string' ? value.replace(userinfo, `$1${mask}@`) : value;
const maskMembers = (value: unknown): unknown =>
  isObject(value) ? Object.fromEntries(Object.entries(value).map(([name, text]) => [name, maskText(text)])) : value;

/** Which members of a webhook and of otel are secret, and how they are shown. */
const webhookMasks = { url: maskUrl, secret: maskText };
const otelMasks = { endpoint: maskUrl, headers: maskMembers };

const masked = (value: unknown, masks: { readonly [key: string]: (value: unknown) => unknown }): unknown => {
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, masks[key]?.(member) ?? member]));
};

/** A setting as it may be shown: with a mask where it holds a secret. References are shown as they are. */
export function shown(key: SettingKey, value: unknown): unknown {
  if (key === 'webhooks' && Array.isArray(value)) return value.map((webhook) => masked(webhook, webhookMasks));
  return key === 'otel' ? masked(value, otelMasks) : value;
}

/**
 * Puts the stored secrets back where a setting has the mask: those of the webhook with the same id, of the header with the
 * same name.
 * @throws SettingsFault where the mask stands and nothing is stored
 */
export function unmask(key: SettingKey, given: unknown, stored: unknown): unknown {
  if (key === 'otel') return restored(given, stored, otelMasks, key);
  if (key !== 'webhooks' || !Array.isArray(given)) return given;
  const before: readonly unknown[] = Array.isArray(stored) ? stored : [];
  return given.map((webhook, index) => {
    const own = isObject(webhook) ? before.find((other) => isObject(other) && other.id === webhook.id) : undefined;
    return restored(webhook, own, webhookMasks, `webhooks[${index}]`);
  });
}

function restored(
  given: unknown,
  stored: unknown,
  masks: { readonly [key: string]: (value: unknown) => unknown },
  place: string,
): unknown {
  if (!isObject(given)) return given;
  const before: JsonObject = isObject(stored) ? stored : {};
  return Object.fromEntries(
    Object.entries(given).map(([key, value]) => {
      const at = `${place}.${key}`;
      if (masks[key] === undefined) return [key, value];
      if (isObject(value) && !isSecretReference(value)) {
        const members = isObject(before[key]) ? before[key] : {};
        const each = Object.entries(value).map(([name, text]) => [
          name,
          restoredText(text, members[name], maskText, `${at}.${name}`),
        ]);
        return [key, Object.fromEntries(each)];
      }
      return [key, restoredText(value, before[key], masks[key], at)];
    }),
  );
}

function restoredText(given: unknown, stored: unknown, show: (value: unknown) => unknown, place: string): unknown {
  if (typeof given !== 'string' || !given.includes(mask)) return given;
  if (typeof stored === 'string' && show(stored) === given) return stored;
  throw new SettingsFault(
    `${place} is "${mask}", which stands for what is stored, and nothing is stored there. Give the value, or {"$secret": name}.`,
    place.replace(/[.[].*$/, ''),
  );
}

/**
 * What a part makes of a value: objects merge, null takes a member away, anything else replaces. References to secrets are
 * values.
 */
export function merged(base: unknown, part: unknown): unknown {
  if (!isObject(part) || isSecretReference(part)) return part;
  const members = new Map(isObject(base) && !isSecretReference(base) ? Object.entries(base) : []);
  for (const [key, value] of Object.entries(part)) {
    if (value === null) members.delete(key);
    else members.set(key, merged(members.get(key), value));
  }
  return Object.fromEntries(members);
}

export const isSame = (a: unknown, b: unknown): boolean => isDeepStrictEqual(a, b);

/** Any part of the settings with the values of secrets where references stand; one without a value is left as it is. */
export function resolveReferences<T>(value: T, secrets: { readonly [name: string]: string }): T {
  if (isSecretReference(value)) {
    return (Object.hasOwn(secrets, value.$secret) ? secrets[value.$secret] : value) as T;
  }
  if (Array.isArray(value)) return value.map((item) => resolveReferences(item, secrets)) as T;
  if (!isObject(value)) return value;
  const members = Object.entries(value).map(([key, member]) => [key, resolveReferences(member, secrets)]);
  return Object.fromEntries(members) as T;
}

/** The secrets that a setting names, and where: `webhooks[0].secret`. */
export function referencesIn(value: unknown, place: string): { name: string; place: string }[] {
  if (isSecretReference(value)) return [{ name: value.$secret, place }];
  if (Array.isArray(value)) return value.flatMap((item, index) => referencesIn(item, `${place}[${index}]`));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, member]) => referencesIn(member, `${place}.${key}`));
}
