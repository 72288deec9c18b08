import type { ResourceKind } from '../../engine/document/types.ts';

/** A dialog that a command asks for. `app/dialogs.tsx` has the component of each. */
export type DialogRequest =
  | { dialog: 'command-palette' }
  | { dialog: 'shortcuts' }
  /** Any of the four kinds of resource; the form asks for what the kind needs. */
  | { dialog: 'create'; kind: ResourceKind }
  /** A new operation of a server, service or client, named as in `server/hello`. */
  | { dialog: 'create-operation'; resource: string }
  | { dialog: 'import'; file?: File }
  | { dialog: 'clear-logs' }
  /** What will change, then Deploy. Without `resources`, everything that is a draft. */
  | { dialog: 'deploy'; resources?: readonly string[] }
  /** What was saved or deployed elsewhere beside what was edited here. */
  | { dialog: 'compare-draft'; resource: string }
  | { dialog: 'log-level'; address: string }
  /** The condition of a switch, as JSONata. */
  | { dialog: 'switch-when'; address: string; name: 'log' | 'capture' };
