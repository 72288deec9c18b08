import type { IncomingMessage } from 'node:http';
import { Refusal } from '../refusal.ts';

export const tooLarge = (limit: number): Refusal =>
  new Refusal(413, `The body has more than ${limit} bytes (limits.requestBytes). Send less, or in parts.`, {
    close: true,
  });

/** The client went away before its request was complete; there is nobody to answer. */
export class Gone extends Error {
  override readonly name = 'Gone';
}

/** Reads a request's body into memory, never more than the limit of it. */
export class BodyReader {
  /** Rejects with Refusal 413 as soon as the limit is passed, with what `stop` was given, or with Gone. */
  readonly whole: Promise<Buffer>;
  /** Bytes that came so far. */
  bytes = 0;
  private chunks: Buffer[] = [];
  private settle: (error: Error | null) => void = () => {};

  constructor(
    req: IncomingMessage,
    private readonly limit: number,
    /** False counts the bytes and forgets them. */
    private readonly keep: boolean,
  ) {
    this.whole = new Promise((resolve, reject) => {
      this.settle = (error) => {
        req.off('data', this.take).off('end', this.end).off('close', this.gone);
        const { chunks } = this;
        this.chunks = [];
        if (error !== null) reject(error);
        else resolve(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks));
      };
    });
    req.on('data', this.take).on('end', this.end).on('close', this.gone);
  }

  /** Ends the reading from outside, for example when the body takes too long. */
  stop(refusal: Refusal): void {
    this.settle(refusal);
  }

  private readonly take = (chunk: Buffer): void => {
    this.bytes += chunk.length;
    if (this.bytes > this.limit) this.settle(tooLarge(this.limit));
    else if (this.keep) this.chunks.push(chunk);
  };
  private readonly end = (): void => this.settle(null);
  private readonly gone = (): void => this.settle(new Gone());
}
