import { ContextMenu as ContextParts, DropdownMenu as DropdownParts } from 'radix-ui';
import {
  createContext,
  Fragment,
  type KeyboardEvent,
  type ReactElement,
  type ReactNode,
  type RefObject,
  use,
  useRef,
  useState,
} from 'react';
import { Icon, type IconName } from './icon.tsx';
import { Keys } from './keys.tsx';

/** One entry of a menu. */
export interface MenuItem {
  id: string;
  icon?: IconName | undefined;
  label: string;
  /** What is in force now; shown at the right edge. */
  value?: string | undefined;
  /** The key that does the same, as in `Mod+Shift+C`. */
  keys?: string | undefined;
  /** Makes the item a toggle. */
  checked?: boolean | 'mixed' | undefined;
  /** Why it cannot be chosen, as a sentence. It can still be reached, so that the reason is. */
  whyNot?: string | undefined;
  /** What cannot be taken back, or removes something. */
  isDanger?: boolean | undefined;
  /** A further menu: the way on with Right, with the pointer resting on it, or by holding. A click still performs. */
  items?: readonly (readonly MenuItem[])[] | undefined;
  /** Sentences below the further menu. */
  note?: readonly string[] | undefined;
  /** Left out for an entry that only opens `items`. */
  perform?: (() => void) | undefined;
}

export type MenuGroups = readonly (readonly MenuItem[])[];

interface MenuProps {
  /** Groups with a line between them; empty ones are left out. A function is called while the menu is open. */
  groups: MenuGroups | (() => MenuGroups);
  /** A heading of the menu. */
  head?: ReactNode;
  /** Called each time before the menu is shown. */
  onOpen?: (() => void) | undefined;
}

/** The two kinds of menu are made of parts with the same names. */
type Parts = Pick<
  typeof DropdownParts,
  'CheckboxItem' | 'Item' | 'Label' | 'Portal' | 'Separator' | 'Sub' | 'SubContent' | 'SubTrigger'
>;

/** What the entries of an open menu share. */
interface Surroundings {
  parts: Parts;
  /** The landmark that further menus stand in too. */
  container: HTMLElement | null;
  close(): void;
  /** Does this once the menu is gone and the focus is back, so that a dialog gives it back to the same place. */
  afterwards(perform: () => void): void;
}

const SurroundingsContext = createContext<Surroundings | null>(null);

/**
 * A kebab button with its menu. `label` is the accessible name of both. There may be thousands of them: the menu's own parts
 * are made when somebody comes near.
 */
export function MenuButton({
  label,
  small = false,
  groups,
  head,
  onOpen,
}: MenuProps & {
  label: string;
  small?: boolean;
}) {
  const button = useRef<HTMLButtonElement>(null);
  const { open, onOpenChange, afterClose, surroundings } = useOpen(onOpen, button);
  const [isNear, setNear] = useState(false);
  const near = (): void => setNear(true);
  const isOwn = (target: EventTarget | null): boolean => button.current?.contains(target as Node) === true;
  return (
    <button
      ref={button}
      type="button"
      className={`btn btn-quiet btn-icon kebab${small ? ' btn-s' : ''}`}
      aria-label={label}
      aria-haspopup="menu"
      aria-expanded={open}
      onFocus={near}
      onPointerEnter={near}
      onClick={(event) => {
        event.stopPropagation();
        near();
        onOpenChange(!open);
      }}
      onKeyDown={(event) => {
        if (event.key !== 'ArrowDown') return;
        event.preventDefault();
        event.stopPropagation();
        onOpenChange(true);
      }}
    >
      <Icon name="kebab" />
      {(isNear || open) && (
        <DropdownParts.Root modal={false} open={open} onOpenChange={onOpenChange}>
          <DropdownParts.Trigger asChild>
            <span className="menu-anchor" aria-hidden="true" />
          </DropdownParts.Trigger>
          <DropdownParts.Portal container={surroundings.container}>
            <DropdownParts.Content
              className="menu"
              aria-label={label}
              aria-labelledby={undefined}
              align="end"
              sideOffset={4}
              collisionPadding={8}
              loop
              onInteractOutside={(event) => {
                // The button closes its menu itself.
                if (isOwn(event.target)) event.preventDefault();
              }}
              onCloseAutoFocus={(event) => {
                event.preventDefault();
                const { activeElement } = document;
                if (activeElement === null || activeElement === document.body) button.current?.focus();
                afterClose();
              }}
              {...apart(surroundings.close)}
            >
              <SurroundingsContext value={{ parts: DropdownParts, ...surroundings }}>
                <Entries groups={groups} head={head} />
              </SurroundingsContext>
            </DropdownParts.Content>
          </DropdownParts.Portal>
        </DropdownParts.Root>
      )}
    </button>
  );
}

/** A menu below any button. */
export function Menu({
  label,
  groups,
  head,
  onOpen,
  align = 'end',
  children,
}: MenuProps & { label: string; align?: 'start' | 'end'; children: ReactElement }) {
  const trigger = useRef<HTMLElement & HTMLButtonElement & HTMLSpanElement>(null);
  const { open, onOpenChange, afterClose, surroundings } = useOpen(onOpen, trigger);
  return (
    <DropdownParts.Root modal={false} open={open} onOpenChange={onOpenChange}>
      <DropdownParts.Trigger asChild ref={trigger}>
        {children}
      </DropdownParts.Trigger>
      <DropdownParts.Portal container={surroundings.container}>
        <DropdownParts.Content
          className="menu"
          aria-label={label}
          aria-labelledby={undefined}
          align={align}
          sideOffset={4}
          collisionPadding={8}
          loop
          onCloseAutoFocus={afterClose}
          {...apart(surroundings.close)}
        >
          <SurroundingsContext value={{ parts: DropdownParts, ...surroundings }}>
            <Entries groups={groups} head={head} />
          </SurroundingsContext>
        </DropdownParts.Content>
      </DropdownParts.Portal>
    </DropdownParts.Root>
  );
}

/** A menu where somebody clicks with the right button, holds, or presses the menu key. */
export function ContextMenu({
  label,
  groups,
  head,
  onOpen,
  children,
}: MenuProps & { label: string; children: ReactElement }) {
  const trigger = useRef<HTMLElement & HTMLButtonElement & HTMLSpanElement>(null);
  const { open, onOpenChange, afterClose, surroundings } = useOpen(onOpen, trigger);
  return (
    <ContextParts.Root modal={false} open={open} onOpenChange={onOpenChange}>
      <ContextParts.Trigger asChild ref={trigger}>
        {children}
      </ContextParts.Trigger>
      <ContextParts.Portal container={surroundings.container}>
        <ContextParts.Content
          className="menu"
          aria-label={label}
          collisionPadding={8}
          loop
          onCloseAutoFocus={afterClose}
          {...apart(surroundings.close)}
        >
          <SurroundingsContext value={{ parts: ContextParts as unknown as Parts, ...surroundings }}>
            <Entries groups={groups} head={head} />
          </SurroundingsContext>
        </ContextParts.Content>
      </ContextParts.Portal>
    </ContextParts.Root>
  );
}

/** Whether a menu is open, and the landmark that it stands in: outside of everything there that scrolls or zooms. */
function useOpen(onOpen: (() => void) | undefined, trigger: RefObject<HTMLElement | null>) {
  const [container, setContainer] = useState<HTMLElement | null>(null);
  const [open, setOpen] = useState(false);
  const onOpenChange = (next: boolean): void => {
    if (next) {
      // Known before the menu is first drawn: one that changed places would lose the focus.
      setContainer(trigger.current?.closest<HTMLElement>('main, aside, nav') ?? null);
      onOpen?.();
    }
    setOpen(next);
  };
  const chosen = useRef<() => void>(undefined);
  const surroundings = {
    container,
    close: () => onOpenChange(false),
    afterwards: (perform: () => void) => {
      chosen.current = perform;
    },
  };
  const afterClose = (): void => {
    const perform = chosen.current;
    chosen.current = undefined;
    // After the focus went back, which comes right after this.
    if (perform !== undefined) queueMicrotask(perform);
  };
  return { open, onOpenChange, afterClose, surroundings };
}

const stop = (event: { stopPropagation(): void }): void => event.stopPropagation();

/** What lies under a menu, such as the canvas, must not take its keys and clicks too: React hands them up the tree. */
const apart = (close: () => void) => ({
  onClick: stop,
  onPointerDown: stop,
  onDoubleClick: stop,
  onContextMenu: stop,
  onKeyDown(event: KeyboardEvent<HTMLElement>) {
    event.stopPropagation();
    if (event.key === 'Tab') close();
    // A digit that an entry shows gives it while the menu is open.
    if (/^\d$/.test(event.key))
      event.currentTarget.querySelector<HTMLElement>(`[aria-keyshortcuts="${event.key}"]`)?.click();
  },
});

function useSurroundings(): Surroundings {
  const found = use(SurroundingsContext);
  if (found === null) throw new Error('An entry was drawn outside a menu.');
  return found;
}

function Entries({ groups, head, note }: { groups: MenuProps['groups']; head?: ReactNode; note?: readonly string[] }) {
  const { parts } = useSurroundings();
  const shown = (typeof groups === 'function' ? groups() : groups).filter((group) => group.length > 0);
  return (
    <>
      {head !== undefined && <parts.Label className="menu-head">{head}</parts.Label>}
      {shown.map((group, index) => (
        <Fragment key={group[0]?.id}>
          {index > 0 && <parts.Separator className="menu-line" />}
          {group.map((item) => (
            <Entry key={item.id} item={item} />
          ))}
        </Fragment>
      ))}
      {note !== undefined && note.length > 0 && (
        <>
          <parts.Separator className="menu-line" />
          {note.map((sentence) => (
            <parts.Label key={sentence} className="menu-note">
              {sentence}
            </parts.Label>
          ))}
        </>
      )}
    </>
  );
}

function Entry({ item }: { item: MenuItem }) {
  const { parts, afterwards } = useSurroundings();
  const { perform, whyNot, checked } = item;
  if (item.items !== undefined) return <Further item={item} />;
  const props = {
    ...lookOf(item),
    onSelect: (event: Event) => {
      if (whyNot !== undefined) event.preventDefault();
      else if (perform !== undefined) afterwards(perform);
    },
  };
  if (checked !== undefined)
    return (
      <parts.CheckboxItem {...props} checked={checked === 'mixed' ? 'indeterminate' : checked}>
        <Face item={item} />
      </parts.CheckboxItem>
    );
  return (
    <parts.Item {...props}>
      <Face item={item} />
    </parts.Item>
  );
}

const lookOf = ({ whyNot, isDanger, label, keys }: MenuItem) => ({
  className: `menu-item${isDanger ? ' is-danger' : ''}`,
  'aria-disabled': whyNot !== undefined || undefined,
  title: whyNot,
  textValue: label,
  'aria-keyshortcuts': keys !== undefined && /^\d$/.test(keys) ? keys : undefined,
});

/** How long a press has to last to open the further menu, in milliseconds. */
const holdMs = 400;

/**
 * An entry with a further menu: a click or Enter does what the entry says; holding it, resting on it, or Right opens what
 * bounds it.
 */
function Further({ item }: { item: MenuItem }) {
  const { parts, container, close, afterwards } = useSurroundings();
  const { perform, whyNot, checked } = item;
  const [open, setOpen] = useState(false);
  const hold = useRef<{ timer: ReturnType<typeof setTimeout>; isOver: boolean }>(undefined);
  const canPerform = perform !== undefined && whyNot === undefined;
  const choose = (event: { preventDefault(): void }): void => {
    event.preventDefault();
    if (perform !== undefined) afterwards(perform);
    close();
  };
  const release = (): void => clearTimeout(hold.current?.timer);
  return (
    <parts.Sub open={open} onOpenChange={(next) => setOpen(next && whyNot === undefined)}>
      <parts.SubTrigger
        {...lookOf(item)}
        {...(checked !== undefined && { role: 'menuitemcheckbox', 'aria-checked': checked })}
        onPointerDown={(event) => {
          if (event.button !== 0 || whyNot !== undefined) return;
          release();
          const timer = setTimeout(() => {
            hold.current = { timer, isOver: true };
            setOpen(true);
          }, holdMs);
          hold.current = { timer, isOver: false };
        }}
        onPointerUp={release}
        onPointerCancel={release}
        onPointerLeave={release}
        onClick={(event) => {
          const wasHeld = hold.current?.isOver === true;
          hold.current = undefined;
          if (wasHeld || whyNot !== undefined) event.preventDefault();
          else if (canPerform) choose(event);
        }}
        onKeyDown={(event) => {
          const isChoice = event.key === 'Enter' || event.key === ' ';
          if (whyNot !== undefined && (isChoice || event.key === 'ArrowRight')) event.preventDefault();
          else if (isChoice && canPerform) choose(event);
        }}
      >
        <Face item={item} />
        <Icon name="right" size={12} className="menu-further" />
      </parts.SubTrigger>
      <parts.Portal container={container}>
        <parts.SubContent className="menu" sideOffset={6} collisionPadding={8} loop {...apart(close)}>
          <Entries groups={item.items as MenuGroups} head={item.label} {...(item.note && { note: item.note })} />
        </parts.SubContent>
      </parts.Portal>
    </parts.Sub>
  );
}

const Face = ({ item: { icon, label, value, keys, checked } }: { item: MenuItem }) => (
  <>
    {checked === true ? (
      <Icon name="check" size={14} />
    ) : icon ? (
      <Icon name={icon} size={14} />
    ) : (
      <span className="menu-gap" />
    )}
    <span>{label}</span>
    <span className="menu-end" aria-hidden="true">
      {value !== undefined && <em>{value}</em>}
      {keys !== undefined && <Keys keys={keys} />}
    </span>
  </>
);
