import { useEffect } from 'react';
import type { CommandRegistry } from '../state/command-registry.ts';
import { isPressed } from '../ui/keys.tsx';

/** Gives the commands of the registry by their keys, wherever on the page they are pressed. */
export function useKeys(registry: CommandRegistry): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing) return;
      const command = registry.find((keys) => isPressed(keys, event), event.target);
      if (command === undefined) return;
      if (isTyping(event) && !command.whileTyping) return;
      // A dialog is alone on the screen: what lies under it does not hear keys.
      if (document.querySelector('[role="dialog"][data-state="open"].dialog') !== null) return;
      event.preventDefault();
      if (command.whyNot?.() === undefined) command.perform();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [registry]);
}

const isTyping = ({ target }: KeyboardEvent): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.matches('input:not([type="checkbox"], [type="radio"]), textarea, select'));
