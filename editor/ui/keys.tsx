const isApple = /Mac|iPhone|iPad/.test(navigator.platform);

const apple: { readonly [key: string]: string } = { Mod: '⌘', Shift: '⇧', Alt: '⌥', Enter: '↵' };
const others: { readonly [key: string]: string } = { Mod: 'Ctrl', Enter: '↵' };

/** Keys as this machine's keyboard names them: `Mod` is Command on Apple's, Control elsewhere. */
export const keyNames = (keys: string): string[] =>
  keys.split('+').map((key) => (isApple ? apple : others)[key] ?? key);

export const Keys = ({ keys }: { keys: string }) => (
  <>
    {keyNames(keys).map((name) => (
      <kbd key={name} className="kbd">
        {name}
      </kbd>
    ))}
  </>
);

/** Whether a key press is the one that `keys` names, as in `Mod+Shift+Z`. */
export const isPressed = (keys: string, event: KeyboardEvent): boolean => {
  const parts = keys.split('+');
  const key = parts.at(-1) as string;
  const wants = (part: string): boolean => parts.includes(part);
  const mod = isApple ? event.metaKey : event.ctrlKey;
  if (mod !== wants('Mod') || event.altKey !== wants('Alt')) return false;
  // A sign such as `?` already says whether Shift is needed to type it.
  if (/^[A-Za-z0-9]$|^\w{2,}$/.test(key) && event.shiftKey !== wants('Shift')) return false;
  return event.key.toLowerCase() === key.toLowerCase();
};
