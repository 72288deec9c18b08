import { ApiProblem, problemOf } from './problem.ts';

const timeoutMs = 15_000;
/** Answers that are kept; the lists that are polled are fewer. */
const mostKept = 24;
/** Characters of a body that browsers send on when the page is gone: 64 KiB in UTF-8, for all calls together. */
const longestToOutlive = 20_000;

/** Calls the control API with the session of this browser. Every failure is an ApiProblem. */
export class ApiClient {
  private readonly seen = new Map<string, { etag: string; value: unknown }>();

  /** While the answer has not changed, the very same object comes back and nothing is sent twice. */
  async get<T>(path: string): Promise<T> {
    const known = this.seen.get(path);
    // Calls past the browser's cache say no-cache unless they say something else, and would never be answered with 304.
    const asked: Record<string, string> = known ? { 'if-none-match': known.etag, 'cache-control': 'max-age=0' } : {};
    const answer = await this.send('GET', path, asked);
    const etag = answer.headers.get('etag');
    if (known && (answer.status === 304 || etag === known.etag)) {
      this.keep(path, known);
      return known.value as T;
    }
    const value = (await answer.json()) as T;
    if (etag !== null) this.keep(path, { etag, value });
    return value;
  }

  /** What was asked for last is kept: lists that are asked for again and again, not every run that was looked at once. */
  private keep(path: string, answer: { etag: string; value: unknown }): void {
    this.seen.delete(path);
    this.seen.set(path, answer);
    for (const oldest of this.seen.keys()) {
      if (this.seen.size <= mostKept) break;
      this.seen.delete(oldest);
    }
  }

  /** The answer with its ETag, fresh. */
  async getTagged<T>(path: string): Promise<Tagged<T>> {
    return tagged<T>(await this.send('GET', path));
  }

  /**
   * Replaces what lies at a path. `ifMatch` is the ETag of the version it is to replace, `ifNone` asks that there is none yet.
   * With `isLeaving` the call outlives the page, if it is small enough for that.
   * @throws ApiProblem 412 when there is another version
   */
  async put<T>(
    path: string,
    body: unknown,
    when: { ifMatch?: string | null; ifNone?: boolean; isLeaving?: boolean } = {},
  ): Promise<Tagged<T>> {
    const headers = {
      'content-type': 'application/json',
      ...(when.ifMatch && { 'if-match': when.ifMatch }),
      ...(when.ifNone && { 'if-none-match': '*' }),
    };
    const text = JSON.stringify(body);
    const outlives = when.isLeaving === true && text.length < longestToOutlive;
    return tagged<T>(await this.send('PUT', path, headers, text, timeoutMs, outlives));
  }

  /**
   * With a `stop` it takes as long as it takes, or until that is told.
   * @throws whatever `stop` was told with
   */
  async post<T>(path: string, body: unknown, stop: AbortSignal | null = null): Promise<T> {
    const headers = { 'content-type': 'application/json' };
    const limitMs = stop === null ? timeoutMs : null;
    const answer = await this.send('POST', path, headers, JSON.stringify(body), limitMs, false, stop);
    return (await answer.json()) as T;
  }

  /**
   * Sends a text as it is. Takes as long as it takes, or until `stop` is told.
   * @throws whatever `stop` was told with
   */
  async upload<T>(path: string, type: string, text: string, stop: AbortSignal): Promise<T> {
    const answer = await this.send('POST', path, { 'content-type': type }, text, null, false, stop);
    return (await answer.json()) as T;
  }

  async patch<T>(path: string, body: unknown): Promise<T> {
    const answer = await this.send('PATCH', path, { 'content-type': 'application/json' }, JSON.stringify(body));
    return (await answer.json()) as T;
  }

  async delete(path: string, ifMatch: string | null = null): Promise<void> {
    await this.send('DELETE', path, ifMatch === null ? {} : { 'if-match': ifMatch });
  }

  /** The content of an attachment, and the name it comes with. Takes as long as it takes. */
  async download(path: string): Promise<{ name: string; content: Blob }> {
    const answer = await this.send('GET', path, {}, undefined, null);
    const name = /filename="([^"]+)"/.exec(answer.headers.get('content-disposition') ?? '')?.[1] ?? 'download';
    return { name, content: await answer.blob() };
  }

  private async send(
    method: string,
    path: string,
    headers: Record<string, string> = {},
    body?: string,
    limitMs: number | null = timeoutMs,
    keepalive = false,
    stop: AbortSignal | null = null,
  ): Promise<Response> {
    let answer: Response;
    try {
      answer = await fetch(path, {
        method,
        headers,
        ...(body !== undefined && { body }),
        ...(keepalive && { keepalive }),
        ...(limitMs !== null && { signal: AbortSignal.timeout(limitMs) }),
        ...(stop !== null && { signal: stop }),
        cache: 'no-store',
        credentials: 'same-origin',
      });
    } catch {
      if (stop?.aborted) throw stop.reason;
      throw new ApiProblem(0, 'The engine does not answer.');
    }
    if (answer.ok || answer.status === 304) return answer;
    throw await problemOf(answer);
  }
}

/** What came back, and the version that it is. */
export interface Tagged<T> {
  value: T;
  etag: string | null;
}

const tagged = async <T>(answer: Response): Promise<Tagged<T>> => {
  const text = await answer.text();
  return { value: (text === '' ? undefined : JSON.parse(text)) as T, etag: answer.headers.get('etag') };
};

/** An address as part of a path; its slashes stay. */
export const pathOf = (address: string): string => address.split('/').map(encodeURIComponent).join('/');
