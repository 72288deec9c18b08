import type {
  ExpressionAnswer,
  ExpressionFault,
  ExpressionLanguage,
  ExpressionQuestion,
  Outcome,
} from './expression-messages.ts';

/** The evaluator ends itself after 500 ms; a worker that does not answer after this time, in ms, is ended from outside. */
const patienceMs = 1500;

interface Waiting {
  question: Exclude<ExpressionQuestion, { ask: 'take' }>;
  data: unknown;
  resolve(answer: ExpressionAnswer | null): void;
}

/**
 * Checks and evaluates expressions in a worker, one after the other. A worker that hangs is ended and started anew; what
 * waited behind goes on.
 */
class Expressions {
  private worker: Worker | null = null;
  private isReady = false;
  private taken: unknown;
  private readonly waiting: Waiting[] = [];
  private current: Waiting | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private numbered = 0;

  /** What is wrong with a text; null when nothing is, or when it cannot be told. */
  async check(language: ExpressionLanguage, text: string): Promise<ExpressionFault | null> {
    const answer = await this.ask({ ask: 'check', id: ++this.numbered, language, text });
    return answer !== null && 'fault' in answer ? answer.fault : null;
  }

  /** What an expression gives for data whose keys are the scopes. */
  async evaluate(language: ExpressionLanguage, text: string, data: unknown): Promise<Outcome> {
    const answer = await this.ask({ ask: 'evaluate', id: ++this.numbered, language, text }, data);
    if (answer !== null && 'outcome' in answer) return answer.outcome;
    return { kind: 'failure', message: 'The preview was stopped: it took too long. Work on less data at once.' };
  }

  private ask(question: Waiting['question'], data?: unknown): Promise<ExpressionAnswer | null> {
    return new Promise((resolve) => {
      this.waiting.push({ question, data, resolve });
      this.next();
    });
  }

  private next(): void {
    if (this.current !== null || this.waiting.length === 0) return;
    this.worker ??= this.start();
    if (!this.isReady) return;
    this.current = this.waiting.shift() as Waiting;
    const { question, data } = this.current;
    if (question.ask === 'evaluate' && data !== this.taken) {
      this.taken = data;
      this.send({ ask: 'take', data });
    }
    this.send(question);
    this.timer = setTimeout(() => this.end(), patienceMs);
  }

  private send(question: ExpressionQuestion): void {
    this.worker?.postMessage(question);
  }

  private start(): Worker {
    const worker = new Worker(new URL('./preview-worker.ts', import.meta.url), { type: 'module' });
    worker.onmessage = ({ data }: MessageEvent<ExpressionAnswer>) => {
      if (data.id === null) this.isReady = true;
      else this.settle(data);
      this.next();
    };
    worker.onerror = () => {
      // It could not be loaded, or broke: nothing is known of what waits, and the next question tries again.
      for (const { resolve } of this.waiting.splice(0)) resolve(null);
      this.end();
    };
    return worker;
  }

  private settle(answer: ExpressionAnswer | null): void {
    clearTimeout(this.timer);
    const { current } = this;
    this.current = null;
    current?.resolve(answer);
  }

  private end(): void {
    this.worker?.terminate();
    this.worker = null;
    this.isReady = false;
    this.taken = undefined;
    this.settle(null);
    this.next();
  }
}

export const expressions = new Expressions();
