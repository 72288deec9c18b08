import {
  Fragment,
  type KeyboardEvent,
  type ReactNode,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { createPortal } from 'react-dom';
import { Icon, type IconName } from './icon.tsx';

interface MenuItem {
  id: string;
  icon: IconName;
  label: string;
  /** Shown at the right edge. */
  value?: string | undefined;
  /** Makes the item a toggle. */
  checked?: boolean | 'mixed' | undefined;
  /** Why it cannot be chosen, as a sentence. It can still be reached, so that the reason is. */
  whyNot?: string | undefined;
  perform(): void;
}

interface MenuButtonProps {
  /** The button's accessible name, and the menu's. */
  label: string;
  /** Groups with a line between them. */
  groups: readonly (readonly MenuItem[])[];
  head?: ReactNode;
  /** Called each time before the menu is shown. */
  onOpen?: (() => void) | undefined;
  small?: boolean;
}

/**
 * A kebab button with its menu, after the ARIA practices for menu buttons: Enter, Space and Down open it at the first
 * item, Up at the last; arrows move and wrap, Home and End, letters jump; Escape and Tab close it and give the focus back.
 */
export function MenuButton({ label, groups, head, onOpen, small = false }: MenuButtonProps) {
  const [opened, setOpened] = useState<'first' | 'last' | null>(null);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();
  const open = (at: 'first' | 'last') => {
    onOpen?.();
    setOpened(at);
  };
  const close = (givesFocusBack: boolean) => {
    setOpened(null);
    if (givesFocusBack) button.current?.focus();
  };
  return (
    <>
      <button
        ref={button}
        type="button"
        className={`btn btn-quiet btn-icon kebab${small ? ' btn-s' : ''}`}
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={opened !== null}
        aria-controls={opened === null ? undefined : id}
        onClick={() => (opened === null ? open('first') : close(true))}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
          event.preventDefault();
          event.stopPropagation();
          open(event.key === 'ArrowDown' ? 'first' : 'last');
        }}
      >
        <Icon name="kebab" />
      </button>
      {opened !== null && (
        <Menu id={id} label={label} groups={groups} head={head} from={opened} anchor={button.current} close={close} />
      )}
    </>
  );
}

interface MenuProps {
  id: string;
  label: string;
  groups: readonly (readonly MenuItem[])[];
  head?: ReactNode;
  from: 'first' | 'last';
  anchor: HTMLElement | null;
  close(givesFocusBack: boolean): void;
}

function Menu({ id, label, groups, head, from, anchor, close }: MenuProps) {
  const menu = useRef<HTMLDivElement>(null);
  const closing = useRef(close);
  closing.current = close;
  const items = () => [...(menu.current?.querySelectorAll<HTMLElement>('[role^="menuitem"]') ?? [])];

  useLayoutEffect(() => {
    if (menu.current && anchor) place(menu.current, anchor.getBoundingClientRect());
  });
  useEffect(() => {
    const all = [...(menu.current?.querySelectorAll<HTMLElement>('[role^="menuitem"]') ?? [])];
    (from === 'first' ? all[0] : all.at(-1))?.focus();
  }, [from]);
  useEffect(() => {
    const outside = (event: Event) => {
      const target = event.target as Node;
      if (!menu.current?.contains(target) && !anchor?.contains(target)) closing.current(false);
    };
    const away = () => closing.current(false);
    document.addEventListener('pointerdown', outside, true);
    document.addEventListener('wheel', outside, { capture: true, passive: true });
    window.addEventListener('resize', away);
    return () => {
      document.removeEventListener('pointerdown', outside, true);
      document.removeEventListener('wheel', outside, { capture: true });
      window.removeEventListener('resize', away);
    };
  }, [anchor]);

  const onKeyDown = (event: KeyboardEvent) => {
    // What lies under the menu, such as the canvas, must not take the keys too.
    event.stopPropagation();
    const all = items();
    const at = all.indexOf(document.activeElement as HTMLElement);
    const focus = (index: number) => {
      event.preventDefault();
      all[(index + all.length) % all.length]?.focus();
    };
    if (event.key === 'ArrowDown') focus(at + 1);
    else if (event.key === 'ArrowUp') focus(at - 1);
    else if (event.key === 'Home') focus(0);
    else if (event.key === 'End') focus(-1);
    else if (event.key === 'Escape') {
      event.preventDefault();
      close(true);
    } else if (event.key === 'Tab') close(true);
    else if (/^[a-z]$/i.test(event.key) && !event.ctrlKey && !event.metaKey && !event.altKey) {
      const next = [...all.slice(at + 1), ...all.slice(0, at + 1)].find((item) =>
        item.textContent?.trim().toLowerCase().startsWith(event.key.toLowerCase()),
      );
      next?.focus();
    }
  };

  return createPortal(
    <div
      ref={menu}
      id={id}
      role="menu"
      aria-label={label}
      className="menu"
      tabIndex={-1}
      onKeyDown={onKeyDown}
      onClick={(event) => event.stopPropagation()}
      onPointerDown={(event) => event.stopPropagation()}
      onDoubleClick={(event) => event.stopPropagation()}
    >
      {head !== undefined && (
        <div className="menu-head" role="presentation">
          {head}
        </div>
      )}
      {groups.map((group, index) => (
        <Fragment key={group[0]?.id}>
          {index > 0 && <hr />}
          {group.map((item) => (
            <button
              key={item.id}
              type="button"
              {...(item.checked === undefined
                ? { role: 'menuitem' }
                : { role: 'menuitemcheckbox', 'aria-checked': item.checked })}
              tabIndex={-1}
              className="menu-item"
              aria-disabled={item.whyNot !== undefined}
              title={item.whyNot}
              onPointerEnter={(event) => event.currentTarget.focus()}
              onClick={() => {
                if (item.whyNot !== undefined) return;
                close(true);
                item.perform();
              }}
            >
              <Icon name={item.checked === true ? 'check' : item.icon} size={14} />
              <span>{item.label}</span>
              {item.value !== undefined && <em aria-hidden="true">{item.value}</em>}
            </button>
          ))}
        </Fragment>
      ))}
    </div>,
    // Inside the landmark it belongs to, outside of everything that scrolls or zooms.
    anchor?.closest('main') ?? document.body,
  );
}

/** Below the button and flush with its right edge; above it where there is no room. */
function place(menu: HTMLElement, button: DOMRect): void {
  const { width, height } = menu.getBoundingClientRect();
  const below = button.bottom + 4;
  const top = below + height > window.innerHeight - 8 ? Math.max(8, button.top - height - 4) : below;
  const left = Math.min(Math.max(8, button.right - width), window.innerWidth - width - 8);
  menu.style.top = `${top}px`;
  menu.style.left = `${left}px`;
}
