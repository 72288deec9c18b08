/** Puts the focus into a field that is about to be drawn. */
export function focusField(label: string): void {
  requestAnimationFrame(() => {
    const field = document.querySelector(`[data-field="${CSS.escape(label)}"]`);
    field?.querySelector<HTMLElement>('.vf-box :is(textarea, input, select, .vf-pick, .cm-content), .vf-kind')?.focus();
  });
}
