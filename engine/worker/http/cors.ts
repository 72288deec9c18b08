import type { Cors } from '../../document/types.ts';

/** Cross-origin rules of a server, ready to be applied (Fetch standard, section 3.2). */
export class CorsPolicy {
  private readonly anyOrigin: boolean;
  private readonly origins: ReadonlySet<string>;
  private readonly exposed: string | null;

  private constructor(private readonly rules: Cors) {
    this.anyOrigin = rules.origins.includes('*');
    this.origins = new Set(rules.origins.map((origin) => origin.toLowerCase()));
    this.exposed = rules.exposed === undefined || rules.exposed.length === 0 ? null : rules.exposed.join(', ');
  }

  /** `true` lets every origin in, without credentials. */
  static from(cors: boolean | Cors | undefined): CorsPolicy | null {
    if (cors === undefined || cors === false) return null;
    return new CorsPolicy(cors === true ? { origins: ['*'], exposed: ['*'] } : cors);
  }

  /** Adds to an answer's head what lets a page of that origin read it. */
  decorate(head: (string | number)[], origin: string | undefined): void {
    head.push('vary', 'Origin');
    if (!this.allows(origin)) return;
    this.allow(head, origin);
    if (this.exposed !== null) head.push('access-control-expose-headers', this.exposed);
  }

  /**
   * The head of the answer to a preflight. An origin that is not allowed gets none of it, and its browser refuses.
   * @param allowed methods that the path has
   * @param requested the value of access-control-request-headers
   */
  preflight(origin: string, allowed: readonly string[], requested: string | undefined): string[] {
    const head = ['vary', 'Origin, Access-Control-Request-Method, Access-Control-Request-Headers'];
    if (!this.allows(origin)) return head;
    this.allow(head, origin);
    head.push('access-control-allow-methods', (this.rules.methods ?? allowed).join(', '));
    const headers = this.rules.headers?.join(', ') ?? requested;
    if (headers !== undefined && headers !== '') head.push('access-control-allow-headers', headers);
    if (this.rules.maxAgeSeconds !== undefined) head.push('access-control-max-age', String(this.rules.maxAgeSeconds));
    return head;
  }

  private allows(origin: string | undefined): boolean {
    return this.anyOrigin || (origin !== undefined && this.origins.has(origin.toLowerCase()));
  }

  private allow(head: (string | number)[], origin: string | undefined): void {
    const credentials = this.rules.credentials === true && !this.anyOrigin;
    head.push('access-control-allow-origin', this.anyOrigin ? '*' : (origin as string));
    if (credentials) head.push('access-control-allow-credentials', 'true');
  }
}
