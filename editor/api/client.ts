import { ApiProblem, problemOf } from './problem.ts';

const timeoutMs = 15_000;

/** Calls the control API with the session of this browser. Every failure is an ApiProblem. */
export class ApiClient {
  private readonly seen = new Map<string, { etag: string; value: unknown }>();

  /** While the answer has not changed, the very same object comes back and nothing is sent twice. */
  async get<T>(path: string): Promise<T> {
    const known = this.seen.get(path);
    const answer = await this.send('GET', path, known ? { 'if-none-match': known.etag } : {});
    if (answer.status === 304 && known) return known.value as T;
    const value = (await answer.json()) as T;
    const etag = answer.headers.get('etag');
    if (etag !== null) this.seen.set(path, { etag, value });
    return value;
  }

  async post<T>(path: string, body: unknown): Promise<T> {
    const answer = await this.send('POST', path, { 'content-type': 'application/json' }, JSON.stringify(body));
    return (await answer.json()) as T;
  }

  async patch<T>(path: string, body: unknown): Promise<T> {
    const answer = await this.send('PATCH', path, { 'content-type': 'application/json' }, JSON.stringify(body));
    return (await answer.json()) as T;
  }

  async delete(path: string): Promise<void> {
    await this.send('DELETE', path);
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
  ): Promise<Response> {
    let answer: Response;
    try {
      answer = await fetch(path, {
        method,
        headers,
        ...(body !== undefined && { body }),
        ...(limitMs !== null && { signal: AbortSignal.timeout(limitMs) }),
        cache: 'no-store',
        credentials: 'same-origin',
      });
    } catch {
      throw new ApiProblem(0, 'The engine does not answer.');
    }
    if (answer.ok || answer.status === 304) return answer;
    throw await problemOf(answer);
  }
}

/** An address as part of a path; its slashes stay. */
export const pathOf = (address: string): string => address.split('/').map(encodeURIComponent).join('/');
