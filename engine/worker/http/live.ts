import { compileApi } from './api/compile.ts';
import { CorsPolicy } from './cors.ts';
import { RouteTable } from './routes.ts';
import type { HttpHooks, HttpLimits, HttpServerConfig, HttpTarget } from './types.ts';

/** Shared by all versions of a server: whether it is about to end. */
export interface ServerState {
  /** Answers carry `connection: close`. */
  closing: boolean;
  /** New requests are answered 503. */
  refusing: boolean;
}

/** One version of a server's configuration. A request keeps the one it came under. */
export interface Live {
  readonly routes: RouteTable;
  readonly cors: CorsPolicy | null;
  readonly limits: HttpLimits;
  readonly hooks: HttpHooks;
  readonly state: ServerState;
}

/** @throws RunFailure api-invalid when the linked document cannot be compiled */
export async function bringLive(
  config: HttpServerConfig,
  targets: readonly HttpTarget[],
  hooks: HttpHooks,
  state: ServerState,
): Promise<Live> {
  const checks = config.api === undefined ? null : await compileApi(config.api);
  return {
    routes: new RouteTable(targets, ({ method, path }) => checks?.(method, path) ?? null),
    cors: CorsPolicy.from(config.cors),
    limits: config.limits,
    hooks,
    state,
  };
}
