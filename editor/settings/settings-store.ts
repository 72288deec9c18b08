import { createStore } from 'zustand/vanilla';
import type { SettingAnswer } from '../../engine/control/settings-store.ts';
import type { ApiClient } from '../api/client.ts';
import { holdUnfinished } from '../state/unfinished.ts';
import { partOf } from './sections.ts';

interface SettingsState {
  /** Every key as the engine has it; null until it has said so. */
  answers: readonly SettingAnswer[] | null;
  etag: string | null;
  /** What was changed here and is not saved yet, by key. */
  changes: ReadonlyMap<string, unknown>;
  isSaving: boolean;
}

/** The settings of the engine with what was changed here; kept while one looks at other screens. */
export class SettingsEdit {
  readonly state = createStore<SettingsState>(() => ({
    answers: null,
    etag: null,
    changes: new Map(),
    isSaving: false,
  }));

  private release: (() => void) | null = null;

  constructor(private readonly api: ApiClient) {}

  /** @throws ApiProblem 403 for those who may not see them */
  async load(): Promise<void> {
    const [{ etag }, answers] = await Promise.all([
      this.api.getTagged('/api/settings'),
      this.api.get<SettingAnswer[]>('/api/settings/keys'),
    ]);
    this.state.setState({ answers, etag });
  }

  /** Changes a key here; the value that it has takes the change back. */
  change({ key, pending, stored, value: inForce }: SettingAnswer, value: unknown): void {
    const changes = new Map(this.state.getState().changes);
    // What the file holds counts: a variable of the environment may hide it.
    const saved = stored !== undefined ? stored : pending !== undefined ? pending : inForce;
    if (JSON.stringify(value) === JSON.stringify(saved)) changes.delete(key);
    else changes.set(key, value);
    this.state.setState({ changes });
    this.note();
  }

  /** Leaving the page asks as long as something is not saved. */
  private note(): void {
    const isUnsaved = this.state.getState().changes.size > 0;
    if (isUnsaved) this.release ??= holdUnfinished();
    else {
      this.release?.();
      this.release = null;
    }
  }

  discard(): void {
    this.state.setState({ changes: new Map() });
    this.note();
  }

  /**
   * Saves all changes in one step.
   * @throws ApiProblem 422 with the key that is wrong, 412 when somebody else saved first; then the changes stay, on top of what is there
   */
  async save(): Promise<void> {
    const { changes, etag } = this.state.getState();
    this.state.setState({ isSaving: true });
    try {
      await this.api.put('/api/settings', partOf(changes), { ifMatch: etag });
      this.state.setState({ changes: new Map() });
      this.note();
    } finally {
      this.state.setState({ isSaving: false });
      await this.load().catch(() => {});
    }
  }
}
