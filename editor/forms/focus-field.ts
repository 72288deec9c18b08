/** Frames in which a field is drawn, and drawn anew: what edits code is loaded with the first one. */
const patience = 40;

/**
 * Puts the focus into a field that is about to be drawn, with what is in it selected: what is typed next takes its place. One
 * without a control of its own has at least the focus on its kind.
 */
export function focusField(label: string): void {
  let last: HTMLElement | null = null;
  let before = '';
  const look = (left: number): void => {
    const field = document.querySelector(`[data-field="${CSS.escape(label)}"]`);
    const active = document.activeElement;
    // Somebody went on meanwhile.
    if (last !== null && active !== document.body && field?.contains(active) !== true) return;
    const control =
      field?.querySelector<HTMLElement>(controls) ?? field?.querySelector<HTMLElement>('.vf-kind') ?? null;
    if (control !== null && control !== last) {
      const wasTyped = last !== null && before !== textOf(last);
      control.focus();
      select(control, wasTyped);
      before = textOf(control);
      last = control;
    }
    if (left > 0) requestAnimationFrame(() => look(left - 1));
  };
  requestAnimationFrame(() => look(patience));
}

const controls = '.vf-box :is(textarea, input, select, .vf-pick, .cm-content)';

const textOf = (control: HTMLElement): string =>
  control instanceof HTMLTextAreaElement ? control.value : (control.textContent ?? '');

/** Selects all of it, or goes to its end. */
function select(control: HTMLElement, isEnd: boolean): void {
  if (control instanceof HTMLInputElement || control instanceof HTMLTextAreaElement) {
    control.select();
    if (isEnd) control.setSelectionRange(control.value.length, control.value.length);
  } else if (control.isContentEditable) {
    getSelection()?.selectAllChildren(control);
    if (isEnd) getSelection()?.collapseToEnd();
  }
}
