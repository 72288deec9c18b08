import { alternatives, found, quote } from '../../document/found.ts';
import type { Cors, Json, Server, Tls } from '../../document/types.ts';
import { Names } from '../ids.ts';
import type { Source } from '../source.ts';
import type { Shared } from './around.ts';
import { convertEvent, warnOfSecurity } from './operation.ts';
import { warnOfVersion } from './references.ts';

/** What a server takes from outside its own content. */
interface Outside {
  /** The content of an imported API, by its own name. */
  apiContent(name: string): Source | undefined;
  /** Ports that servers have already, with what has them. */
  readonly ports: Map<number, string>;
}

/** An HTTP server. It arrives stopped. */
export function convertServer(id: string, content: Source, outside: Outside, shared: Shared): Server {
  const node = `server/${id}`;
  const setting = content.at('setting');
  const { report, references } = shared;
  const events = content.at('events');
  if (!Array.isArray(events.value) && !events.isEmpty) {
    report.warn(
      node,
      events,
      `The operations of a server must be an array, found ${found(events.value)}; they are left out.`,
    );
  }
  const api = linkedApi(setting.at('apis'), events, node, shared);
  const listening = {
    address: node,
    ids: new Names(),
    routes: new Set<string>(),
    apiOperation(name: string | undefined, method: string, path: string): Source | undefined {
      const described =
        name === undefined ? undefined : outside.apiContent(name)?.at('paths').at(path).at(method.toLowerCase());
      return described?.object && described;
    },
  };
  const operations = events.items
    .map((event) => convertEvent(event, listening, shared))
    .filter((operation) => operation !== undefined);
  for (const [key, member] of content.members) {
    if (['events', 'info', 'setting'].includes(key) || member.isEmpty) continue;
    report.warn(node, member, `${quote(key)} of a server has no counterpart; it is left out.`);
  }
  const title = content.at('info').at('title').filled;
  const description = content.at('info').at('description').filled;
  return {
    schema: 1,
    id,
    type: 'http',
    ...(title !== undefined && { title }),
    ...(description !== undefined && { description }),
    active: false,
    ...convertSetting(setting, node, id, outside, shared),
    ...(api !== undefined && { api: references.idOf('api', api) }),
    operations,
  };
}

/** The API that requests are checked against: there is one for a server. */
function linkedApi(apis: Source, events: Source, node: string, { report, references }: Shared): string | undefined {
  const named = apis.items.map((item) => ({ item, name: item.at('id').filled ?? item.filled }));
  for (const { item, name } of named)
    if (name !== undefined) warnOfVersion('api', name, item, { report, references, node });
  const fromEvents = events.items
    .map((event) => event.at('event').at('apiReference'))
    .map((item) => ({ item, name: item.at('id').filled ?? item.filled }));
  const candidates = [...named, ...fromEvents].filter(({ name }) => name !== undefined);
  const [first] = candidates.filter(({ name }) => name !== undefined && references.has('api', name));
  const told = new Set<string>();
  for (const { item, name } of candidates) {
    if (name === undefined || name === first?.name || told.has(name)) continue;
    told.add(name);
    const why = references.has('api', name)
      ? `a server has one API, and that is ${quote(first?.name ?? '')}`
      : 'there is no such API';
    report.warn(node, item, `The API ${quote(name)} is not linked: ${why}.`);
  }
  return first?.name;
}

type Setting = Pick<Server, 'port' | 'host' | 'log' | 'cors' | 'tls' | 'security'>;

function convertSetting(source: Source, node: string, id: string, outside: Outside, { report }: Shared): Setting {
  const setting: Setting = {};
  const port = portOf(source.at('port'), node, outside, report);
  if (port !== undefined) {
    setting.port = port;
    outside.ports.set(port, node);
  }
  const host = source.at('host');
  if (host.filled !== undefined) {
    if (/^[A-Za-z0-9_.:-]{1,253}$/.test(host.filled)) setting.host = host.filled;
    else report.warn(node, host, `${found(host.value)} is no host name or IP address; the default is taken.`);
  }
  const cors = convertCors(source, node, report);
  if (cors !== undefined) setting.cors = cors;
  const tls = convertTls(source.at('tls'), node, id, report);
  if (tls !== undefined) setting.tls = tls;
  const securities = source.at('securities');
  if (!securities.isEmpty) {
    setting.security = securities.value as Json;
    warnOfSecurity(securities, { report, node });
  }
  const known = ['apis', 'cors', 'host', 'id', 'port', 'securities', 'tls', 'type', '__struct__', ...corsKeys];
  for (const [key, member] of source.members) {
    if (known.includes(key) || member.isEmpty) continue;
    if (key === 'log' && member.value === true) setting.log = true;
    else report.warn(node, member, `The setting ${quote(key)} of a server has no counterpart; it is left out.`);
  }
  return setting;
}

function portOf(source: Source, node: string, { ports }: Outside, report: Shared['report']): number | undefined {
  const { value } = source;
  const port = typeof value === 'string' && /^\d{1,5}$/.test(value) ? Number(value) : value;
  if (typeof port !== 'number' || !Number.isInteger(port) || port < 0 || port > 65_535) {
    report.warn(
      node,
      source,
      `A server needs a port from 0 to 65535, found ${found(value)}. Choose one before you start it.`,
    );
    return undefined;
  }
  const other = ports.get(port);
  if (other !== undefined && port !== 0)
    report.warn(node, source, `The port ${port} is also that of ${other}; only one of them can be started.`);
  return port;
}

const corsKeys = ['allowCredentials', 'allowHeaders', 'allowMethods', 'allowOrigin'];

function convertCors(source: Source, node: string, report: Shared['report']): boolean | Cors | undefined {
  const cors = source.at('cors');
  if (cors.isEmpty) return undefined;
  if (cors.value !== true) {
    report.warn(node, cors, `"cors" must be true or false, found ${found(cors.value)}; it is left out.`);
    return undefined;
  }
  const origins = listOf(source.at('allowOrigin')) ?? ['*'];
  const credentials = source.at('allowCredentials');
  const wantsCredentials = credentials.value === true || credentials.value === 'true';
  const isOpen = origins.includes('*');
  if (wantsCredentials && isOpen) {
    report.warn(
      node,
      credentials,
      'Credentials cannot be allowed for every origin: browsers refuse it. Name the origins under "cors".',
    );
  }
  const bad = origins.filter((origin) => origin !== '*' && !/^[a-z][a-z0-9+.-]*:\/\/[^/?#\s]+$/.test(origin));
  if (bad.length > 0) {
    report.warn(
      node,
      source.at('allowOrigin'),
      `${alternatives(bad.map(quote))} is no origin such as "https://app.example.com"; it is left out.`,
    );
  }
  const methods = namesOf(source.at('allowMethods'), node, report);
  const headers = namesOf(source.at('allowHeaders'), node, report);
  const good = origins.filter((origin) => !bad.includes(origin));
  if (isOpen && methods === undefined && headers === undefined) return true;
  return {
    origins: isOpen ? ['*'] : good,
    ...(methods && { methods }),
    ...(headers && { headers }),
    ...(wantsCredentials && !isOpen && { credentials: true }),
  };
}

function listOf(source: Source): string[] | undefined {
  if (source.filled !== undefined)
    return source.filled
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== '');
  return source.items.length === 0 ? undefined : source.items.map(({ text }) => text ?? '');
}

/** Names of methods or headers; undefined for all of them. */
function namesOf(source: Source, node: string, report: Shared['report']): string[] | undefined {
  const names = listOf(source);
  if (names === undefined || names.includes('*')) return undefined;
  const good = names.filter((name) => /^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/.test(name));
  if (good.length < names.length)
    report.warn(node, source, 'Not all of these are names of methods or headers; the others are left out.');
  return good;
}

function convertTls(source: Source, node: string, id: string, report: Shared['report']): Tls | undefined {
  if (source.isEmpty) return undefined;
  const cert = source.at('cert').filled ?? source.at('certificate').filled;
  const key = source.at('key').filled ?? source.at('privateKey').filled;
  if (cert === undefined || key === undefined) {
    report.warn(
      node,
      source,
      'TLS was on, but there is no certificate and key to take over. Set "tls" before you start the server, or it answers without encryption.',
    );
    return undefined;
  }
  if (!key.includes('-----BEGIN')) return { cert, key };
  const secret = `${id.slice(0, 56)}-tls-key`;
  report.warn(node, source, `The private key was not taken over. Set the secret ${quote(secret)}.`);
  return { cert, key: { $secret: secret } };
}
