import { createRequire } from 'node:module';
import type FindMyWay from 'find-my-way';
import { parsePath, pathShape, type Segment } from '../../document/route.ts';
import { Bag } from '../../run/scopes.ts';
import type { ApiCheck } from './api/check.ts';
import { emptyBag } from './request.ts';
import type { HttpTarget } from './types.ts';

/** An operation with what was worked out when its server's configuration was applied. */
interface Route {
  readonly target: HttpTarget;
  /** Names of the path's parameters in order. */
  readonly names: readonly string[];
  readonly check: ApiCheck | null;
}

export interface Match {
  readonly route: Route;
  readonly path: Bag;
}

/** An operation that gets no requests, and why. */
export interface Unroutable {
  readonly address: string;
  readonly reason: string;
}

// Loaded by the first path with a parameter: servers without any start sooner and smaller.
const router = (): typeof FindMyWay => createRequire(import.meta.url)('find-my-way') as typeof FindMyWay;

const longestParameter = 16 * 1024;

/**
 * Finds operations by method and path, case-sensitively and with a trailing slash as written. Paths without parameters
 * win over those with parameters; HEAD goes to the operation of GET unless there is one of its own.
 */
export class RouteTable {
  private readonly fixed = new Map<string, Map<string, Match>>();
  private dynamic: FindMyWay.Instance<FindMyWay.HTTPVersion.V1> | null = null;
  readonly methods: readonly string[];
  readonly unroutable: readonly Unroutable[];

  constructor(targets: readonly HttpTarget[], checkOf: (target: HttpTarget) => ApiCheck | null) {
    const unroutable: Unroutable[] = [];
    const taken = new Map<string, string>();
    const add = (target: HttpTarget, method: string): void => {
      const segments = parsePath(target.path);
      if (typeof segments === 'string') {
        unroutable.push({ address: target.address, reason: `The path ${segments}` });
        return;
      }
      const key = `${method} ${pathShape(target.path)}`;
      const owner = taken.get(key);
      if (owner !== undefined) {
        unroutable.push({ address: target.address, reason: `${owner} has the same method and path already.` });
        return;
      }
      try {
        this.add(target, method, segments, checkOf(target));
      } catch (thrown) {
        unroutable.push({ address: target.address, reason: (thrown as Error).message });
        return;
      }
      taken.set(key, target.address);
    };
    for (const target of targets) add(target, target.method.toUpperCase());
    for (const target of targets) {
      if (target.method.toUpperCase() === 'GET' && !taken.has(`HEAD ${pathShape(target.path)}`)) add(target, 'HEAD');
    }
    this.methods = [...new Set([...taken.keys()].map((key) => key.slice(0, key.indexOf(' '))))].sort();
    this.unroutable = unroutable.filter(
      ({ address }, i) => unroutable.findIndex((other) => other.address === address) === i,
    );
  }

  private add(target: HttpTarget, method: string, segments: readonly Segment[], check: ApiCheck | null): void {
    const names = segments.flatMap(({ parameter }) => parameter ?? []);
    const route: Route = { target, names, check };
    if (names.length === 0) {
      const paths = this.fixed.get(method) ?? new Map<string, Match>();
      this.fixed.set(method, paths);
      paths.set(canonical(target.path), { route, path: emptyBag });
      return;
    }
    this.dynamic ??= router()({ maxParamLength: longestParameter, querystringParser: () => emptyBag });
    this.dynamic.on(method as FindMyWay.HTTPMethod, patternOf(segments), () => {}, route);
  }

  /** @throws URIError when the path has a percent sequence that is no UTF-8 */
  find(method: string, pathname: string): Match | null {
    const escaped = pathname.includes('%');
    const path = escaped ? canonical(pathname) : pathname;
    const fixed = this.fixed.get(method)?.get(path);
    if (fixed !== undefined) return fixed;
    return this.dynamic === null ? null : this.findDynamic(method, path, this.dynamic);
  }

  private findDynamic(
    method: string,
    pathname: string,
    dynamic: FindMyWay.Instance<FindMyWay.HTTPVersion.V1>,
  ): Match | null {
    const found = dynamic.find(method as FindMyWay.HTTPMethod, pathname);
    if (found === null) return null;
    const route = found.store as Route;
    const path = new Bag();
    for (let i = 0; i < route.names.length; i++) {
      const rest = found.params['*'];
      const value = found.params[`p${i}`] ?? rest;
      // "/items/" is not an item without a name.
      if (value === '' && rest === undefined) return null;
      path[route.names[i] as string] = value;
    }
    return { route, path };
  }

  /** The methods that some operation serves at this path, sorted. */
  allowed(pathname: string): string[] {
    return this.methods.filter((method) => this.find(method, pathname) !== null);
  }
}

/**
 * One spelling for all equivalent ones (RFC 3986, section 6.2.2): everything decoded, but for the characters that would
 * change the path's structure then.
 */
function canonical(pathname: string): string {
  if (!pathname.includes('%')) return pathname;
  return pathname
    .split('/')
    .map((segment) => decodeURIComponent(segment).replace(/[%/?#]/g, encodeURIComponent))
    .join('/');
}

// The router's own syntax knows ":name", "::" for a colon, "(expression)" and "*"; parameters are numbered, as their
// names may hold what it reads as syntax.
function patternOf(segments: readonly Segment[]): string {
  let number = 0;
  return segments
    .map(({ before, parameter, wildcard, after }) => {
      if (wildcard) return '/*';
      if (parameter === undefined) return `/${literal(before)}`;
      const name = `:p${number++}`;
      // An expression ends the name where text follows; "one character or more, then that text" cannot backtrack badly.
      return `/${literal(before)}${name}${after === '' ? '' : `([^]+)${literal(after)}`}`;
    })
    .join('');
}

const literal = (text: string): string => decodeURIComponent(text).replaceAll(':', '::');
