import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Resource, Server } from '../../engine/document/types.ts';
import { ApiProblem } from '../api/problem.ts';
import type { DraftCalls, Version } from './draft-calls.ts';
import type { KeptEdit } from './draft-keep.ts';
import { type DraftSurroundings, ResourceDraft } from './resource-draft.ts';

const server = (more: object = {}): Server => ({ id: 'web', type: 'http', operations: [], ...more });

/** An engine with one resource, that can be away and can refuse. */
class FakeEngine {
  live: Resource | null = server();
  draft: { document: Resource; etag: string } | null = null;
  failure: ApiProblem | null = null;
  /** Takes what is sent, and its answer is lost. */
  losesAnswers = false;
  readonly log: string[] = [];
  private count = 0;

  readonly calls = {
    read: async (): Promise<Version> => {
      this.answer('read');
      return this.draft ?? { document: this.live, etag: null };
    },
    readLive: async () => this.live,
    readBase: async () => null,
    save: async (_: string, document: Resource, over: string | null) => {
      this.answer(`save ${(document as Server).title ?? ''}`);
      if ((this.draft?.etag ?? null) !== over) throw new ApiProblem(412, 'It was changed meanwhile.');
      this.put(document);
      if (this.losesAnswers) throw new ApiProblem(0, 'The engine does not answer.');
      return { etag: (this.draft as unknown as { etag: string }).etag, faults: [] };
    },
    remove: async (_: string, etag: string) => {
      this.answer('remove');
      if (this.draft?.etag !== etag) throw new ApiProblem(412, 'It was changed meanwhile.');
      this.draft = null;
    },
  } as unknown as DraftCalls;

  put(document: Resource): void {
    this.draft = { document: structuredClone(document), etag: `e${++this.count}` };
  }

  private answer(call: string): void {
    this.log.push(call);
    if (this.failure !== null) throw this.failure;
  }
}

const kept = new Map<string, KeptEdit>();
let engine: FakeEngine;
let merged: number;

function open(): ResourceDraft {
  const around: DraftSurroundings = {
    calls: engine.calls,
    isOver: () => false,
    keep: (name, edit) => (edit === null ? kept.delete(name) : kept.set(name, edit)),
    saved: () => {},
    merged: () => merged++,
  };
  const draft = new ResourceDraft('server/web', around);
  draft.follow(engine.live, engine.draft);
  return draft;
}

const title = (draft: ResourceDraft, text: string, merge?: string): void =>
  draft.edit({ label: `Title ${text}`, operation: null }, (document) => ({ ...document, title: text }), merge);
const saving = (draft: ResourceDraft) => draft.state.getState().saving;
const titleIn = (document: Resource | null | undefined) => (document as Server | null | undefined)?.title;
const titleOf = (draft: ResourceDraft) => titleIn(draft.state.getState().document);

beforeEach(() => {
  vi.useFakeTimers();
  engine = new FakeEngine();
  merged = 0;
  kept.clear();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('saving', () => {
  test('waits until the typing pauses, and sends the last of it', async () => {
    const draft = open();
    for (const text of ['a', 'ab', 'abc']) {
      title(draft, text);
      await vi.advanceTimersByTimeAsync(300);
    }
    expect(engine.log).toEqual([]);
    expect(saving(draft).state).toBe('saving');
    await vi.advanceTimersByTimeAsync(100);
    expect(engine.log).toEqual(['save abc']);
    expect(saving(draft).state).toBe('saved');
    expect(kept.size).toBe(0);
  });

  test('waits 2 s at most', async () => {
    const draft = open();
    for (let n = 0; n < 7; n++) {
      title(draft, `${n}`);
      await vi.advanceTimersByTimeAsync(300);
    }
    expect(engine.log).toEqual(['save 6']);
  });

  test('removes the draft when it is again what is live', async () => {
    const draft = open();
    title(draft, 'a');
    await draft.flush();
    draft.undo();
    await vi.advanceTimersByTimeAsync(400);
    expect(engine.log).toEqual(['save a', 'remove']);
    expect(engine.draft).toBeNull();
    expect(saving(draft).state).toBe('live');
  });

  test('keeps what the engine does not get, and tries again by itself', async () => {
    const draft = open();
    engine.failure = new ApiProblem(0, 'The engine does not answer.');
    title(draft, 'a');
    title(draft, 'b');
    await vi.advanceTimersByTimeAsync(400);
    expect(saving(draft)).toEqual({
      state: 'kept',
      reason: 'The engine does not answer.',
      isRefused: false,
      edits: 2,
    });
    expect(titleIn(kept.get('server/web')?.document)).toBe('b');
    engine.failure = null;
    await vi.advanceTimersByTimeAsync(2000);
    expect(saving(draft).state).toBe('saved');
    expect(titleIn(engine.draft?.document)).toBe('b');
    expect(kept.size).toBe(0);
  });

  test('keeps what is refused, and tries again with the next edit only', async () => {
    const draft = open();
    engine.failure = new ApiProblem(413, 'The document is too large.');
    title(draft, 'a');
    await vi.advanceTimersByTimeAsync(10_000);
    expect(engine.log).toEqual(['save a']);
    expect(saving(draft)).toMatchObject({ state: 'kept', isRefused: true });
    expect(titleOf(draft)).toBe('a');
    engine.failure = null;
    title(draft, 'b');
    await vi.advanceTimersByTimeAsync(400);
    expect(saving(draft).state).toBe('saved');
  });

  test('knows its own edit again when the answer was lost', async () => {
    const draft = open();
    engine.losesAnswers = true;
    title(draft, 'a');
    await vi.advanceTimersByTimeAsync(400);
    expect(saving(draft).state).toBe('kept');
    engine.losesAnswers = false;
    title(draft, 'ab');
    await vi.advanceTimersByTimeAsync(400);
    expect(saving(draft).state).toBe('saved');
    expect(titleIn(engine.draft?.document)).toBe('ab');
  });

  test('discards as one edit that can be undone', async () => {
    const draft = open();
    title(draft, 'a');
    await draft.flush();
    await draft.discard();
    expect([engine.draft, titleOf(draft), saving(draft).state]).toEqual([null, undefined, 'live']);
    draft.undo();
    await draft.flush();
    expect(titleIn(engine.draft?.document)).toBe('a');
  });
});

describe('somebody else', () => {
  test('is followed while nothing is unsaved here', async () => {
    const draft = open();
    engine.put(server({ title: 'theirs' }));
    const faults = [{ pointer: '/title', message: 'It is theirs.', severity: 'warning' as const }];
    draft.follow(engine.live, { ...(engine.draft as unknown as Version), faults });
    await vi.advanceTimersByTimeAsync(0);
    expect([titleOf(draft), saving(draft).state]).toEqual(['theirs', 'saved']);
    expect(draft.state.getState().faults).toEqual(faults);
  });

  test('is brought together with what is unsaved here, and undo takes back only what was done here', async () => {
    const draft = open();
    title(draft, 'mine');
    engine.put(server({ description: 'theirs' }));
    await draft.flush();
    expect(engine.draft?.document).toEqual(server({ title: 'mine', description: 'theirs' }));
    expect(merged).toBe(1);
    draft.undo();
    expect(draft.state.getState().document).toEqual(server({ description: 'theirs' }));
  });

  test.each([
    ['mine', 'mine'],
    ['theirs', 'theirs'],
  ] as const)('changed the same: the way out is %s', async (which, gives) => {
    const draft = open();
    title(draft, 'mine');
    engine.put(server({ title: 'theirs', description: 'more' }));
    await draft.flush();
    expect(saving(draft)).toMatchObject({
      state: 'conflict',
      conflicts: [{ path: '/title', mine: 'mine', theirs: 'theirs' }],
    });
    expect(titleIn(engine.draft?.document)).toBe('theirs');
    expect(titleIn(kept.get('server/web')?.document)).toBe('mine');
    await draft.resolve(which);
    expect(engine.draft?.document).toEqual(server({ title: gives, description: 'more' }));
    expect(saving(draft).state).toBe('saved');
    if (which === 'mine') return;
    draft.undo();
    expect(titleOf(draft)).toBe('mine');
  });

  test('deployed the draft: it goes on from what is live', async () => {
    const draft = open();
    title(draft, 'a');
    await draft.flush();
    const { document } = draft.state.getState();
    engine.live = structuredClone(document);
    engine.draft = null;
    draft.follow(engine.live, null);
    await vi.advanceTimersByTimeAsync(0);
    expect(saving(draft).state).toBe('live');
    expect(draft.state.getState().document).toBe(document);
  });

  test('heard late is not believed', async () => {
    const draft = open();
    title(draft, 'a');
    await draft.flush();
    // An answer from before the save.
    draft.follow(engine.live, null);
    await vi.advanceTimersByTimeAsync(0);
    expect([titleOf(draft), saving(draft).state]).toEqual(['a', 'saved']);
  });
});

describe('edits that were kept', () => {
  const edit = (base: Version, text: string): KeptEdit => ({
    name: 'server/web',
    base,
    document: server({ title: text }),
    edits: 2,
  });

  test('are put back and saved', async () => {
    const draft = open();
    expect(await draft.restore(edit({ document: server(), etag: null }, 'kept'))).toBe(true);
    expect(titleIn(engine.draft?.document)).toBe('kept');
    expect(saving(draft).state).toBe('saved');
    draft.undo();
    expect(titleOf(draft)).toBeUndefined();
  });

  test('are brought together with what was saved since', async () => {
    engine.put(server({ description: 'since' }));
    const draft = open();
    await draft.restore(edit({ document: server(), etag: null }, 'kept'));
    expect(engine.draft?.document).toEqual(server({ title: 'kept', description: 'since' }));
  });

  test('are in conflict with what was saved since', async () => {
    engine.put(server({ title: 'since' }));
    const draft = open();
    await draft.restore(edit({ document: server(), etag: null }, 'kept'));
    expect(saving(draft).state).toBe('conflict');
    expect(titleOf(draft)).toBe('kept');
  });
});

describe('undo and redo', () => {
  test('go back to the very documents', () => {
    const draft = open();
    const documents = [draft.state.getState().document];
    for (let n = 1; n <= 50; n++) {
      title(draft, `${n}`);
      documents.push(draft.state.getState().document);
    }
    for (let n = 49; n >= 0; n--) {
      expect(draft.undo()?.label).toBe(`Title ${n + 1}`);
      expect(draft.state.getState().document).toBe(documents[n]);
    }
    expect(draft.undo()).toBeNull();
    for (let n = 1; n <= 50; n++) draft.redo();
    expect(draft.state.getState().document).toBe(documents[50]);
    expect(draft.redo()).toBeNull();
  });

  test.each([
    ['typing into one field is one step', 500, [undefined]],
    ['a pause of 2 s begins another', 2500, ['a', undefined]],
  ])('%s', async (_, pauseMs, back) => {
    const draft = open();
    title(draft, 'a', 'title');
    await vi.advanceTimersByTimeAsync(pauseMs);
    title(draft, 'ab', 'title');
    for (const text of back) {
      draft.undo();
      expect(titleOf(draft)).toBe(text);
    }
    expect(draft.state.getState().undo).toBeNull();
  });

  test('what comes between typing ends the step', () => {
    const draft = open();
    title(draft, 'a', 'title');
    draft.edit({ label: 'Port', operation: null }, (document) => ({ ...document, port: 1 }) as Resource);
    title(draft, 'ab', 'title');
    draft.undo();
    expect(titleOf(draft)).toBe('a');
    draft.undo();
    title(draft, 'abc', 'title');
    draft.undo();
    expect(titleOf(draft)).toBe('a');
  });

  test('a change that gives back the same is none', () => {
    const draft = open();
    draft.edit({ label: 'Nothing', operation: null }, (document) => document);
    expect(draft.state.getState().undo).toBeNull();
    expect(saving(draft).state).toBe('live');
  });
});
