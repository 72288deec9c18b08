import { createHash, X509Certificate } from 'node:crypto';
import { createSecureContext, rootCertificates, type SecureContext } from 'node:tls';
import type { Agent, buildConnector } from 'undici';
import { ActionFailure, type HostTls } from '../../actions/kit/define.ts';
import { guardedConnector, type Reach } from './connect.ts';
import { tunnelConnector } from './tunnel.ts';

/** How a request leaves: straight or through a proxy, with a certificate of its own or without. */
export interface Route {
  readonly proxy?: string | undefined;
  readonly tls?: HostTls | undefined;
}

/** Opens sockets, like undici's function of that name. */
export type BuildConnector = (options: buildConnector.BuildOptions) => buildConnector.connector;

const connectTimeoutMs = 10_000;
/** Routes whose connections are kept. The plain one is not counted. */
const mostRoutes = 32;

/**
 * One pool of connections for each route, so that nothing goes over a connection that was opened with another's certificate or
 * proxy. The route that was not used for the longest time is closed when there are too many.
 */
export class Agents {
  private plain: Promise<Agent> | undefined;
  private readonly special = new Map<string, Promise<Agent>>();

  constructor(
    private readonly reach: Reach,
    private readonly build?: BuildConnector,
  ) {}

  for(route: Route): Promise<Agent> {
    if (route.proxy === undefined && route.tls === undefined) {
      this.plain ??= this.open(route);
      return this.plain;
    }
    const key = createHash('sha256').update(keyOf(route)).digest('base64');
    const agent = this.special.get(key) ?? this.open(route);
    this.special.delete(key);
    this.special.set(key, agent);
    agent.catch(() => this.special.delete(key));
    const [oldest] = this.special.keys();
    if (this.special.size > mostRoutes && oldest !== undefined) {
      void this.special.get(oldest)?.then(shut, () => {});
      this.special.delete(oldest);
    }
    return agent;
  }

  /** Resolves when the requests under way are answered. */
  async close(): Promise<void> {
    await Promise.all([this.plain, ...this.special.values()].map((agent) => agent?.then(shut, () => {})));
  }

  private async open({ proxy, tls }: Route): Promise<Agent> {
    const undici = await import('undici');
    const build = this.build ?? undici.buildConnector;
    const context = tls === undefined ? undefined : secureContextOf(tls);
    const named = withServerName(
      build({ timeout: connectTimeoutMs, ...(context && { secureContext: context }) }),
      tls?.serverName,
    );
    const connect =
      proxy === undefined
        ? guardedConnector(named, this.reach)
        : tunnelConnector({
            proxy: parseProxy(proxy),
            // The proxy is shown no certificate of ours; it may have one of the same authority.
            toProxy: guardedConnector(
              build({ timeout: connectTimeoutMs, ...(tls?.ca && { secureContext: secureContextOf({ ca: tls.ca }) }) }),
              this.reach,
            ),
            toTarget: named,
            reach: this.reach,
          });
    return new undici.Agent({ connect, connections: 128, pipelining: 1 });
  }
}

const shut = (agent: Agent): Promise<void> => agent.close().catch(() => {});

const keyOf = ({ proxy, tls }: Route): string =>
  JSON.stringify([proxy, tls?.certificate, tls?.key, tls?.passphrase, tls?.ca, tls?.serverName]);

const withServerName =
  (connect: buildConnector.connector, servername: string | undefined): buildConnector.connector =>
  (options, callback) =>
    connect(servername === undefined ? options : { ...options, servername }, callback);

function secureContextOf({ certificate, key, passphrase, ca }: HostTls): SecureContext {
  try {
    // Without this, a text that is no certificate would be passed over in silence.
    if (ca !== undefined) new X509Certificate(ca);
    return createSecureContext({
      ...(certificate !== undefined && { cert: certificate }),
      ...(key !== undefined && { key }),
      ...(passphrase !== undefined && { passphrase }),
      ...(ca !== undefined && { ca: [...rootCertificates, ca] }),
    });
  } catch (thrown) {
    const part = thrown instanceof Error ? thrown.message.replace(/^error:[0-9A-F]+:/, '') : 'of an unknown reason';
    throw new ActionFailure(
      'input-invalid',
      `\`tls\` cannot be used (${part}); certificate, key and ca must be PEM texts that belong together, and the passphrase the key's.`,
    );
  }
}

function parseProxy(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url !== undefined && (url.protocol === 'http:' || url.protocol === 'https:')) return url;
  // It may hold a password, so it is not shown.
  throw new ActionFailure('input-invalid', '`proxy` must be a URL that begins with http:// or https://.');
}
