import type { IncomingMessage, ServerResponse } from 'node:http';
import { RunFailure } from '../../run/failure.ts';
import { addRaw } from '../../run/raw-body.ts';
import { countRequest } from '../request-counts.ts';
import { type Answer, readOutput } from './answer.ts';
import { parseBody } from './body/parse.ts';
import { BodyReader, Gone, tooLarge } from './body/read.ts';
import { type Coding, chooseCoding, compress, isCompressible } from './compress.ts';
import { Head, longestUrl, readHead, urlTooLong } from './head.ts';
import type { Live } from './live.ts';
import { problem, problemType, runProblem } from './problem.ts';
import { Refusal } from './refusal.ts';
import { buildRequest, completeRequest, RequestScope, type RequestSource } from './request.ts';
import type { Match } from './routes.ts';
import type { Connection } from './sockets.ts';
import { type HttpOutcome, Needs, type RequestContext } from './types.ts';

/** Unread bytes up to which a refused request's connection is kept: node reads and forgets them. */
const worthReading = 64 * 1024;
/** Bytes of a body that nobody asked for up to which it is read when its run is stored. */
const longestRead = 256 * 1024;
/** How long a client that is still sending may take to notice its refusal, in milliseconds. */
const lingerMs = 1000;

/** One request on its way to its answer; also what its run is told about it. */
export class Exchange implements RequestContext, RequestSource {
  head = emptyHead;
  url: string;
  pathname = '';
  queryAt = -1;
  bytesIn = 0;
  private readonly begunAt = performance.now();
  private readonly connection: Connection;
  /** The parts of the request that its run was given; the others can be built when the run has to be stored. */
  private built = 0;
  /** A body that nobody asked for. */
  private unread: Buffer | null = null;

  constructor(
    readonly live: Live,
    readonly req: IncomingMessage,
    readonly res: ServerResponse,
  ) {
    this.connection = req.socket as Connection;
    this.url = req.url as string;
  }

  get method(): string {
    return this.req.method as string;
  }
  get traceparent(): string | undefined {
    return this.head.traceparent;
  }
  get requestId(): string | undefined {
    return this.head.requestId;
  }
  get remote(): string {
    return this.connection.peer ?? '';
  }

  get heldBytes(): number {
    return this.unread?.length ?? 0;
  }

  dropHeld(): void {
    this.unread = null;
  }

  /** The whole request: what the run had of it as it had it, the rest as it came. */
  readWhole(scope: unknown): unknown {
    // A scope with the raw body is copied without it, so that what waits to be stored does not hold it.
    if (!(scope instanceof RequestScope) || this.built === Needs.all) return scope;
    const { built, unread } = this;
    const complete = (body: unknown) =>
      completeRequest(scope, built, buildRequest(this, Needs.all, 0, scope.path, body));
    if (unread === null) return complete(scope.body);
    // Reading takes a turn of the event loop, however long it is: what is large is shown as what came.
    return unread.length > longestRead ? complete(unread) : this.readBytes(unread).then(complete);
  }

  /** The body that bytes stand for; the bytes themselves where they cannot be understood. */
  private async readBytes(bytes: Buffer): Promise<unknown> {
    const { head, live } = this;
    try {
      return await parseBody(bytes, head.contentType, head.contentEncoding, live.limits.requestBytes);
    } catch {
      return bytes;
    }
  }

  /**
   * Takes the request to its run, at once or as soon as its body is there. Never throws.
   * @param refusal answers with this instead, unless there is more to object to
   */
  begin(refusal: Refusal | null = null): void {
    this.connection.unanswered++;
    try {
      const { req, live } = this;
      this.splitUrl();
      this.head = readHead(req.rawHeaders, req.httpVersionMinor === 1 && req.httpVersionMajor === 1);
      if (refusal !== null) throw refusal;
      if (live.state.refusing) throw shuttingDown();
      const match = live.routes.find(this.method, this.pathname);
      if (match === null || (live.cors !== null && this.isPreflight())) {
        this.answerUnmatched();
      } else if (this.head.contentLength > 0 || this.head.chunked) {
        this.readBody(match).catch((thrown) => this.fail(thrown));
      } else {
        this.run(match, null, noBytes);
      }
    } catch (thrown) {
      this.fail(thrown);
    }
  }

  /** @throws Refusal 414, or 400 for a target that is no path */
  private splitUrl(): void {
    // Clients of a proxy name the whole address (RFC 9112, section 3.2.2); only its path matters here.
    if (this.url.charCodeAt(0) !== 47)
      this.url = this.url.replace(/^https?:\/\/[^/?#]*/i, '').replace(/^(?=\?|$)/, '/');
    const { url } = this;
    this.queryAt = url.indexOf('?');
    this.pathname = this.queryAt === -1 ? url : url.slice(0, this.queryAt);
    if (url.length > longestUrl) throw urlTooLong();
    if (url.charCodeAt(0) !== 47 && !(url === '*' && this.method === 'OPTIONS')) {
      throw new Refusal(400, 'The request target must be a path that starts with "/".', { close: true });
    }
    if (url.includes('%') && !isDecodable(this.pathname)) {
      throw new Refusal(400, 'The path has a percent sequence that is no UTF-8. Write a percent sign itself as %25.');
    }
  }

  private isPreflight(): boolean {
    return (
      this.method === 'OPTIONS' &&
      this.head.origin !== undefined &&
      this.req.headers['access-control-request-method'] !== undefined
    );
  }

  /** Answers what no operation answers: preflights, OPTIONS, 405 and 404. */
  private answerUnmatched(): void {
    const { routes, cors } = this.live;
    const allowed = this.url === '*' ? [...routes.methods] : routes.allowed(this.pathname);
    if (allowed.length === 0)
      throw new Refusal(404, 'Nothing answers at this path. Paths are case-sensitive, and a slash at the end counts.');
    if (!allowed.includes('OPTIONS')) allowed.push('OPTIONS');
    const allow = allowed.sort().join(', ');
    if (this.method !== 'OPTIONS') {
      throw new Refusal(405, `The method ${this.method} is not allowed at this path; allowed are ${allow}.`, {
        headers: ['allow', allow],
      });
    }
    const preflight = cors !== null && this.isPreflight();
    const head: (string | number)[] = ['allow', allow];
    if (preflight)
      head.push(
        ...cors.preflight(this.head.origin as string, allowed, this.req.headers['access-control-request-headers']),
      );
    else cors?.decorate(head, this.head.origin);
    this.send(204, head, null);
    this.report(204, 0);
  }

  private async readBody(match: Match): Promise<void> {
    const { req, res, head, live, connection } = this;
    const limit = live.limits.requestBytes;
    if (head.contentLength > limit) throw tooLarge(limit);
    const { route } = match;
    const { target } = route;
    route.check?.checkType(head.contentType);
    const needed = ((target.needs | (route.check?.needs ?? 0)) & Needs.body) !== 0;
    const wanted = needed || target.wantsAll();
    const kept = !wanted && target.keepsEvidence();
    const raw = (target.needs & Needs.raw) !== 0;
    if (req.headers.expect !== undefined) res.writeContinue();
    const reader = new BodyReader(req, limit, wanted || kept || raw);
    connection.reader = reader;
    let bytes: Buffer;
    try {
      bytes = await reader.whole;
    } finally {
      this.bytesIn = reader.bytes;
      connection.reader = null;
    }
    if (kept) this.unread = bytes;
    // Whoever asks for the bytes alone may read them: what cannot be parsed is no reason to refuse them.
    if (!wanted) return this.run(match, null, bytes, reader.bytes === 0);
    let body: unknown;
    try {
      body = await parseBody(bytes, head.contentType, head.contentEncoding, limit);
    } catch (thrown) {
      // Watching a run must not change it: nobody but the log asked for this body.
      if (needed || !(thrown instanceof Refusal)) throw thrown;
      body = bytes;
    }
    this.run(match, body, bytes);
  }

  /** @param bytes the body as it came, nothing where nobody asked for it */
  private run({ route, path }: Match, body: unknown, bytes: Buffer, empty = bytes.length === 0): void {
    const { target, check } = route;
    const asked = check === null ? target.needs : target.needs | check.needs;
    this.built = target.wantsAll() ? asked | Needs.all : asked;
    let request = buildRequest(this, this.built, asked, path, body);
    if (check !== null) request = check.check(request, this.head.contentType, empty);
    if ((asked & Needs.raw) !== 0) addRaw(request, bytes);
    const outcome = target.run(request, this);
    if (outcome instanceof Promise) outcome.then((later) => this.answer(later)).catch((thrown) => this.fail(thrown));
    else this.answer(outcome);
  }

  private answer(outcome: HttpOutcome): void {
    let unsendable: RunFailure | null = null;
    let answer: Answer;
    try {
      answer = readOutput(outcome.output);
    } catch (thrown) {
      if (!(thrown instanceof RunFailure)) throw thrown;
      unsendable = thrown;
      answer = readOutput(runProblem(thrown.code, outcome.runId));
    }
    if (!isCompressible(answer)) {
      this.sendAnswer(answer, outcome, unsendable);
      return;
    }
    answer.head.push('vary', 'Accept-Encoding');
    const coding =
      this.method === 'HEAD' ? null : chooseCoding(this.req.headers['accept-encoding'] as string | undefined);
    if (coding === null) this.sendAnswer(answer, outcome, unsendable);
    else this.sendCompressed(answer, coding, outcome, unsendable).catch((thrown) => this.fail(thrown));
  }

  private async sendCompressed(
    answer: Answer,
    coding: Coding,
    outcome: HttpOutcome,
    unsendable: RunFailure | null,
  ): Promise<void> {
    answer.body = await compress(answer.body as string | Uint8Array, coding);
    answer.head.push('content-encoding', coding);
    this.sendAnswer(answer, outcome, unsendable);
  }

  private sendAnswer(answer: Answer, outcome: HttpOutcome, unsendable: RunFailure | null): void {
    const { head, status } = answer;
    if (answer.type !== null) head.push('content-type', answer.type);
    head.push('sluice-run', outcome.runId);
    if (this.head.requestId !== undefined && !answer.has('x-request-id'))
      head.push('x-request-id', this.head.requestId);
    if (this.live.cors !== null && !answer.has('access-control-allow-origin'))
      this.live.cors.decorate(head, this.head.origin);
    const bytesOut = this.send(status, head, answer.body);
    countRequest(status);
    outcome.done(status, bytesOut, unsendable);
  }

  /** Hands an answer to the socket and gives the bytes of its body; 0 when nobody is there any more. */
  private send(status: number, head: (string | number)[], body: string | Uint8Array | null): number {
    const { res, connection, live } = this;
    connection.unanswered--;
    if (res.destroyed) return 0;
    // RFC 9110, sections 15.3.5 and 15.4.5: these have no body, whatever they were given.
    const bodiless = status === 204 || status === 304;
    const bytes = bodiless || body === null ? 0 : typeof body === 'string' ? Buffer.byteLength(body) : body.length;
    if (!bodiless) head.push('content-length', bytes);
    if (live.state.closing || connection.last) head.push('connection', 'close');
    res.writeHead(status, head as string[]);
    if (bytes === 0 || this.method === 'HEAD') {
      res.end();
      return 0;
    }
    res.end(body);
    return bytes;
  }

  private fail(thrown: unknown): void {
    if (thrown instanceof Gone) {
      this.connection.unanswered--;
      this.report(400, 0);
      return;
    }
    if (thrown instanceof Refusal) {
      this.refuse(thrown);
      return;
    }
    this.live.hooks.fault(thrown);
    if (this.res.headersSent) this.res.destroy();
    else this.refuse(new Refusal(500, 'The server failed at this request. Its log says why.', { close: true }));
  }

  private refuse({ status, message, more }: Refusal): void {
    const body = JSON.stringify(problem(status, message, more.members));
    const head: (string | number)[] = ['content-type', problemType, ...(more.headers ?? [])];
    if (this.head.requestId !== undefined) head.push('x-request-id', this.head.requestId);
    this.live.cors?.decorate(head, this.head.origin);
    const { chunked, contentLength } = this.head;
    const sending = !this.req.complete && (chunked || contentLength > worthReading || more.close === true);
    if (more.close || sending) this.connection.last = true;
    const bytes = sending ? this.sendAndLinger(status, head, body) : this.send(status, head, body);
    this.report(status, bytes, message);
  }

  /**
   * Answers a client that is still sending. Closing at once would reset the connection, and the client might never read
   * its answer (RFC 9112, section 9.6): what it sends is read and forgotten for a moment.
   */
  private sendAndLinger(status: number, head: (string | number)[], body: string): number {
    const { req, res, connection } = this;
    connection.unanswered--;
    if (res.destroyed) return 0;
    const bytes = Buffer.byteLength(body);
    res.writeHead(status, [...head, 'content-length', bytes, 'connection', 'close'] as string[]);
    res.write(body);
    const end = (): void => {
      clearTimeout(timer);
      res.end();
    };
    const timer = setTimeout(end, lingerMs);
    req.once('close', end).once('end', end).resume();
    return bytes;
  }

  private report(status: number, bytesOut: number, message?: string): void {
    const { method, pathname: path, bytesIn, remote } = this;
    const ms = performance.now() - this.begunAt;
    this.live.hooks.refused({ method, path, status, ms, bytesIn, bytesOut, remote, ...(message && { message }) });
  }
}

const noBytes = Buffer.alloc(0);
const emptyHead: Head = Object.freeze(new Head());

const shuttingDown = (): Refusal =>
  new Refusal(503, 'This server is shutting down. Try again in a moment.', {
    headers: ['retry-after', '1'],
    close: true,
  });

function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}
