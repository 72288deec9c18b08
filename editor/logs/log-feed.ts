import { createStore } from 'zustand/vanilla';
import type { Level } from '../../engine/document/types.ts';
import type { ApiClient } from '../api/client.ts';
import { ApiProblem, messageOf } from '../api/problem.ts';
import type { RecordAnswer } from './record-answer.ts';

/** Which records are shown. */
export interface FeedQuery {
  /** An address; null for all. */
  node: string | null;
  levels: ReadonlySet<Level>;
  /** A query of the search, or empty. */
  text: string;
}

/** A record, or the place of some that are not here. */
export type FeedRow = { id: string; time: string } & (
  | { record: RecordAnswer }
  /** `skipped`: there were too many at once to be shown; `missed`: the engine could not send them. */
  | { gap: 'skipped' | 'missed'; count: number | null }
);

export interface FeedState {
  /** Oldest first. */
  rows: readonly FeedRow[];
  /** Records that came while it was held. */
  waiting: number;
  status: 'loading' | 'live' | 'away' | 'refused';
  /** What the engine said when it refused; about the text where `isAboutText` is true. */
  fault: string | null;
  isAboutText: boolean;
}

const mostRows = 2000;
const firstRows = 200;
/** Rows that are added at once, and how long it takes at least until more are. */
const mostAtOnce = 100;
const flushMs = 100;
const againMs = 3000;
export const allLevels: readonly Level[] = ['debug', 'info', 'warning', 'error'];

/** The query string for the search and the stream. */
function queryOf({ node, levels, text }: FeedQuery): URLSearchParams {
  const some = allLevels.filter((level) => levels.has(level));
  const byLevel = some.length === allLevels.length ? '' : some.map((level) => `level:${level}`).join(' OR ');
  const q = [text, byLevel].filter((part) => part.trim() !== '');
  return new URLSearchParams({
    ...(node !== null && { node }),
    ...(q.length > 0 && { q: q.length === 1 ? (q[0] as string) : q.map((part) => `(${part})`).join(' ') }),
  });
}

/**
 * The latest records of a query and those to come. One stream, open while the page is visible and the feed started; what
 * was written meanwhile is fetched when it comes back.
 */
export class LogFeed {
  readonly state = createStore<FeedState>(() => ({
    rows: [],
    waiting: 0,
    status: 'loading',
    fault: null,
    isAboutText: false,
  }));
  private source: EventSource | null = null;
  private running = false;
  private isHeld = false;
  /** Rows that came and are not shown yet. */
  private coming: FeedRow[] = [];
  private timer: ReturnType<typeof setTimeout> | undefined;
  private again: ReturnType<typeof setTimeout> | undefined;
  private gaps = 0;
  /** Counts connections, so that an answer to a former one is left alone. */
  private turn = 0;

  constructor(
    private readonly api: Pick<ApiClient, 'get'>,
    private readonly query: FeedQuery,
    private readonly open: (address: string) => EventSource = (address) => new EventSource(address),
  ) {}

  /** Begins; the function that comes back ends it. */
  start(): () => void {
    this.running = true;
    document.addEventListener('visibilitychange', this.onVisible);
    this.onVisible();
    return () => {
      this.running = false;
      document.removeEventListener('visibilitychange', this.onVisible);
      this.disconnect();
      clearTimeout(this.timer);
    };
  }

  /** Keeps what comes back until it is let go. */
  hold(isHeld: boolean): void {
    this.isHeld = isHeld;
    if (!isHeld) this.flush();
  }

  /** Forgets what is shown, as after the logs were cleared. */
  empty(): void {
    this.coming = [];
    this.state.setState({ rows: [], waiting: 0 });
  }

  /** Tries now what would be tried in a moment. */
  retry(): void {
    this.disconnect();
    this.connect();
  }

  private readonly onVisible = (): void => {
    if (document.hidden) this.disconnect();
    else if (this.source === null) this.connect();
  };

  private connect(): void {
    clearTimeout(this.again);
    const turn = ++this.turn;
    const query = queryOf(this.query);
    // The stream first, then what was written before: nothing in between is lost, and what comes twice is known by its id.
    const source = this.open(`/api/logs/stream?${query}`);
    this.source = source;
    let hasLoaded = false;
    source.addEventListener('open', () => {
      if (hasLoaded) this.state.setState({ status: 'live', fault: null });
      else void this.load(query, turn);
      hasLoaded = true;
    });
    source.addEventListener('message', ({ data }: MessageEvent<string>) => this.take(data));
    source.addEventListener('gap', ({ data }: MessageEvent<string>) => this.takeGap(data));
    source.addEventListener('error', () => {
      // While it connects again by itself, it goes on from the last id that it had.
      if (source.readyState !== source.CLOSED) this.state.setState({ status: 'away' });
      else void this.whyRefused(query, turn);
    });
  }

  private disconnect(): void {
    clearTimeout(this.again);
    this.turn++;
    this.source?.close();
    this.source = null;
  }

  private async load(query: URLSearchParams, turn: number): Promise<void> {
    try {
      const asked = new URLSearchParams(query);
      asked.set('limit', String(firstRows));
      const { records } = await this.api.get<{ records: RecordAnswer[] }>(`/api/logs?${asked}`);
      if (turn !== this.turn) return;
      this.merge(records.toReversed());
      this.state.setState({ status: 'live', fault: null, isAboutText: false });
    } catch (thrown) {
      if (turn === this.turn) this.refused(thrown);
    }
  }

  /** A stream does not tell why it was refused; the search does. */
  private async whyRefused(query: URLSearchParams, turn: number): Promise<void> {
    this.source = null;
    try {
      await this.api.get(`/api/logs?${query}&limit=1`);
      if (turn === this.turn) this.state.setState({ status: 'away' });
    } catch (thrown) {
      if (turn === this.turn) this.refused(thrown);
    }
    if (turn !== this.turn || !this.running || this.state.getState().isAboutText) return;
    this.again = setTimeout(() => this.retry(), againMs);
  }

  private refused(thrown: unknown): void {
    const isRefused = thrown instanceof ApiProblem && thrown.status >= 400 && thrown.status < 500;
    const isAboutText = thrown instanceof ApiProblem && thrown.field === 'q';
    this.state.setState({ status: isRefused ? 'refused' : 'away', fault: messageOf(thrown), isAboutText });
  }

  private take(data: string): void {
    this.coming.push(rowOf(JSON.parse(data) as RecordAnswer));
    this.shorten();
    this.flushSoon();
  }

  private takeGap(data: string): void {
    const { dropped } = JSON.parse(data) as { dropped: number | null };
    this.coming.push(this.gapAfter(this.coming.at(-1) ?? this.state.getState().rows.at(-1), 'missed', dropped));
    this.flushSoon();
  }

  /** What comes beyond what can be shown at once is left out and counted, unless somebody holds it to read it later. */
  private shorten(): void {
    const most = this.isHeld ? mostRows : mostAtOnce;
    if (this.coming.length <= most + 1) return;
    const left = this.coming.splice(0, this.coming.length - most);
    const count = left.reduce((sum, row) => sum + ('record' in row ? 1 : (row.count ?? 0)), 0);
    this.coming.unshift(this.gapAfter(left.at(-1), 'skipped', count));
  }

  private gapAfter(row: FeedRow | undefined, gap: 'skipped' | 'missed', count: number | null): FeedRow {
    return { id: `gap-${++this.gaps}`, time: row?.time ?? '', gap, count };
  }

  private flushSoon(): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.flush();
    }, flushMs);
  }

  private flush(): void {
    if (this.isHeld) {
      this.state.setState({ waiting: this.coming.filter((row) => 'record' in row).length });
      return;
    }
    const { coming } = this;
    this.coming = [];
    const { rows } = this.state.getState();
    const known = new Set(rows.slice(-firstRows - mostAtOnce).map(({ id }) => id));
    const added = coming.filter(({ id }) => !known.has(id));
    this.state.setState({
      waiting: 0,
      ...(added.length > 0 && { rows: [...rows, ...added].slice(-mostRows) }),
    });
  }

  /** Puts records that were fetched where they belong. */
  private merge(records: readonly RecordAnswer[]): void {
    const { rows } = this.state.getState();
    const known = new Set(rows.map(({ id }) => id));
    const fresh = records.filter(({ id }) => !known.has(id)).map(rowOf);
    if (fresh.length === 0) return;
    // What the stream brought meanwhile is newer. Sorting keeps the order of those of one time.
    const sorted = [...rows, ...fresh].sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0));
    this.state.setState({ rows: sorted.slice(-mostRows) });
  }
}

const rowOf = (record: RecordAnswer): FeedRow => ({ id: record.id, time: record.time, record });
