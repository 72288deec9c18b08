const isApple = /Mac|iPhone|iPad/.test(navigator.platform);

const everywhere: { readonly [key: string]: string } = {
  Enter: '↵',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  Escape: 'Esc',
  Delete: 'Del',
  ContextMenu: 'Menu',
};
const apple: { readonly [key: string]: string } = { ...everywhere, Mod: '⌘', Shift: '⇧', Alt: '⌥' };
const others: { readonly [key: string]: string } = { ...everywhere, Mod: 'Ctrl' };

/** `Mod+Shift+Z` in parts; the key may itself be a plus. */
const partsOf = (keys: string): string[] => keys.split(/\+(?!$)/);

/** Keys as this machine's keyboard names them: `Mod` is Command on Apple's, Control elsewhere. */
export const keyNames = (keys: string): string[] => partsOf(keys).map((key) => (isApple ? apple : others)[key] ?? key);

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
  const parts = partsOf(keys);
  const key = parts.at(-1) as string;
  const wants = (part: string): boolean => parts.includes(part);
  const mod = isApple ? event.metaKey : event.ctrlKey;
  if (mod !== wants('Mod') || event.altKey !== wants('Alt')) return false;
  // A sign such as `?` already says whether Shift is needed to type it.
  if (/^[A-Za-z0-9]$|^\w{2,}$/.test(key) && event.shiftKey !== wants('Shift')) return false;
  return event.key.toLowerCase() === key.toLowerCase();
};
