import { copyActions, readActions } from '../graph/clipboard.ts';
import type { InsertPlace } from '../graph/place.ts';
import { insert, remove } from './canvas-edits.ts';
import { type CanvasTools, chosenActions, namesOf } from './canvas-tools.ts';

/** The chosen actions as the text of the system clipboard; null when none are chosen. */
function textToCopy(tools: CanvasTools): string | null {
  const operation = tools.session.operation();
  const ids = chosenActions(tools);
  return operation === undefined || ids.length === 0 ? null : copyActions(operation, ids);
}

/**
 * Answers the page's own copy, cut and paste events as long as `hears` says that they are meant for the canvas. Events
 * carry the clipboard without asking for a permission, also where the page came over plain HTTP.
 */
export function listenToClipboard(tools: CanvasTools, hears: (target: EventTarget | null) => boolean): () => void {
  const isMeant = (event: ClipboardEvent): boolean =>
    !event.defaultPrevented && (asked || (hears(event.target) && (getSelection()?.isCollapsed ?? true)));
  const onCopy = (event: ClipboardEvent): void => {
    if (!isMeant(event)) return;
    const text = textToCopy(tools);
    if (text === null || event.clipboardData === null) return;
    event.preventDefault();
    event.clipboardData.setData('text/plain', text);
    const ids = chosenActions(tools);
    if (event.type === 'cut' && tools.session.draft.mayEdit) remove(tools, ids, 'Cut');
    else tools.workspace.say(`Copied ${namesOf(tools, ids)}.`);
  };
  const onPaste = (event: ClipboardEvent): void => {
    if (!isMeant(event)) return;
    const text = event.clipboardData?.getData('text/plain') ?? '';
    if (text.trim() === '') return;
    event.preventDefault();
    paste(tools, text);
  };
  document.addEventListener('copy', onCopy);
  document.addEventListener('cut', onCopy);
  document.addEventListener('paste', onPaste);
  return () => {
    document.removeEventListener('copy', onCopy);
    document.removeEventListener('cut', onCopy);
    document.removeEventListener('paste', onPaste);
  };
}

/** The next event of the clipboard was asked for by a command, wherever the focus is. */
let asked = false;

/** Copies or cuts from a menu, which makes the browser send the same event as the keys. */
export function askToCopy(what: 'copy' | 'cut'): void {
  asked = true;
  document.execCommand(what);
  asked = false;
}

/** Pastes from a menu: the browser may ask whether it may, or not know how. */
export async function askToPaste(tools: CanvasTools): Promise<void> {
  try {
    paste(tools, await navigator.clipboard.readText());
  } catch {
    tools.workspace.done('The browser hands the clipboard only to the keyboard: press Ctrl or Command and V.');
  }
}

/** Puts the actions of a text after what is chosen, or says what is wrong with it. */
function paste(tools: CanvasTools, text: string, place: InsertPlace = tools.view.placeForNew()): void {
  const why = tools.workspace.whyNot('edit');
  if (why !== undefined) {
    tools.workspace.done(`Nothing was pasted. ${why}`);
    return;
  }
  tools.workspace.attempt('Nothing was pasted', async () => {
    const read = await readActions(text, [...tools.workspace.project.snapshot().library.values()]);
    if ('fault' in read) {
      tools.workspace.done(`Nothing was pasted. ${read.fault}`);
      return;
    }
    const { actions, warnings } = read;
    const what = actions.length === 1 ? (actions[0]?.title ?? actions[0]?.id) : `${actions.length} actions`;
    if (!insert(tools, `Paste ${what}`, actions, place)) return;
    const [first] = warnings;
    if (first !== undefined)
      tools.workspace.done(
        `Pasted ${what}. ${first}${warnings.length > 1 ? ` And ${warnings.length - 1} more warnings.` : ''}`,
      );
    else tools.workspace.say(`Pasted ${what}.`);
  });
}
