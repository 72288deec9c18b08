/** Frames in which a new row has to be drawn. */
const patience = 20;

/** Puts the focus on the name of a row that is about to be drawn, the own ones of `within` counted from 0, and selects it. */
export function focusMember(within: HTMLElement | null, index: number): void {
  const look = (left: number): void => {
    const own = within?.matches('.schema-members') ? within : within?.querySelector(':scope > .schema-members');
    const name = own?.querySelectorAll(':scope > .schema-row')[index]?.querySelector<HTMLInputElement>('input.mono');
    name?.focus();
    name?.select();
    if (name == null && left > 0) requestAnimationFrame(() => look(left - 1));
  };
  requestAnimationFrame(() => look(patience));
}
