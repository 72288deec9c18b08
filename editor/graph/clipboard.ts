import type { ActionAnswer } from '../../engine/control/api/action-answer.ts';
import type { Action, Operation } from '../../engine/document/types.ts';
import { chosenActions } from './edits/find.ts';

/** Actions out of a text, and what is to be said about them; or why there are none, as a sentence. */
export type PastedActions = { actions: Action[]; warnings: string[] } | { fault: string };

/** Actions as JSON text for the clipboard, in document order, each with what is nested in it. */
export const copyActions = (operation: Operation, ids: readonly string[]): string =>
  JSON.stringify({ sluice: 'actions', actions: chosenActions(operation, ids).map(({ action }) => action) }, null, 2);

/**
 * Reads actions out of a text: what `copyActions` gives, an action, a list of actions or a workflow as documents have them, or
 * actions of API AutoFlow. Their ids are unique among themselves. What reads them is loaded when it is needed.
 * @param library to tell which actions there are not
 */
export async function readActions(text: string, library?: readonly ActionAnswer[]): Promise<PastedActions> {
  const { readPasted } = await import('./clipboard-reader.ts');
  return readPasted(text, library);
}
