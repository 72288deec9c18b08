import { createStore } from 'zustand/vanilla';
import type { Operation } from '../../engine/document/types.ts';
import type { ResourceDraft } from './resource-draft.ts';
import type { ShownRun } from './shown-run.ts';

/** The tabs of the right panel, from top to bottom. */
export type UpperTab = 'inspector' | 'simulation' | 'replay' | 'help';
export type LowerTab = 'trace' | 'logs';

export interface SessionState {
  /** Ids of the chosen actions, in the order in which they were chosen; `start`, `end` and `onError` stand for what they are. */
  selected: readonly string[];
  /** The run whose states the canvas shows. */
  run: ShownRun | null;
  /** Which iteration of a container is shown, by the container's action id; the first failed one, or the first, where it is not said. */
  iterations: ReadonlyMap<string, number>;
  upper: UpperTab;
  lower: LowerTab;
  /** The node that the canvas is to bring into sight, in an object of its own for each time; null before the first. */
  revealed: { name: string } | null;
}

/** One operation on screen: what is chosen, and which run is shown. The canvas, the inspector and the panes share it. */
export class OperationSession {
  readonly state = createStore<SessionState>(() => ({
    selected: [],
    run: null,
    iterations: new Map(),
    upper: 'inspector',
    lower: 'trace',
    revealed: null,
  }));

  /** @param address as in `server/hello/get-hello` */
  constructor(
    readonly address: string,
    readonly draft: ResourceDraft,
  ) {}

  /** Id of the operation. */
  get id(): string {
    return this.address.split('/')[2] as string;
  }

  /** The operation as it is edited; undefined when it was removed. */
  operation(): Operation | undefined {
    const { document } = this.draft.state.getState();
    if (document === null || !('operations' in document)) return undefined;
    return (document.operations as readonly Operation[] | undefined)?.find(({ id }) => id === this.id);
  }

  /** Changes the operation. With the same `merge`, edits in a row are one step of undo. */
  edit(label: string, change: (operation: Operation) => Operation, merge?: string): void {
    this.draft.editOperation(this.id, label, change, merge);
  }

  select(...selected: string[]): void {
    this.state.setState({ selected });
  }

  /** Lets the canvas bring a node into sight, once it is drawn. */
  reveal(name: string): void {
    this.state.setState({ revealed: { name } });
  }

  /** Shows a run on the canvas; null takes it away. */
  show(run: ShownRun | null): void {
    this.state.setState({ run, iterations: new Map() });
  }
}
