import type { Resource } from '../../engine/document/types.ts';
import type { CommandContext } from './command.ts';

/** The resource that an address is of or in, as it is edited; null when there is none. */
export function documentOf({ drafts }: Pick<CommandContext, 'drafts'>, address: string): Resource | null {
  const [kind, id] = address.split('/');
  return drafts.of(`${kind}/${id}`).state.getState().document;
}
