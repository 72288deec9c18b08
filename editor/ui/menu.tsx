import { ContextMenu as ContextParts, DropdownMenu as DropdownParts } from 'radix-ui';
import { Fragment, type ReactElement, type ReactNode, useRef, useState } from 'react';
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
  /** Left out for an entry that only opens `items`. */
  perform?: (() => void) | undefined;
}

export type MenuGroups = readonly (readonly MenuItem[])[];

interface MenuProps {
  /** Groups with a line between them; empty ones are left out. */
  groups: MenuGroups;
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

/** A kebab button with its menu. `label` is the accessible name of both. */
export function MenuButton({
  label,
  small = false,
  ...menu
}: MenuProps & {
  label: string;
  small?: boolean;
}) {
  return (
    <Menu label={label} {...menu}>
      <button
        type="button"
        className={`btn btn-quiet btn-icon kebab${small ? ' btn-s' : ''}`}
        aria-label={label}
        onClick={(event) => event.stopPropagation()}
      >
        <Icon name="kebab" />
      </button>
    </Menu>
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
  const { trigger, container, onOpenChange } = useLandmark(onOpen);
  return (
    <DropdownParts.Root modal={false} onOpenChange={onOpenChange}>
      <DropdownParts.Trigger asChild ref={trigger}>
        {children}
      </DropdownParts.Trigger>
      <DropdownParts.Portal container={container}>
        <DropdownParts.Content
          className="menu"
          aria-label={label}
          align={align}
          sideOffset={4}
          collisionPadding={8}
          loop
          {...apart}
        >
          <Entries parts={DropdownParts} groups={groups} head={head} />
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
  const { trigger, container, onOpenChange } = useLandmark(onOpen);
  return (
    <ContextParts.Root modal={false} onOpenChange={onOpenChange}>
      <ContextParts.Trigger asChild ref={trigger}>
        {children}
      </ContextParts.Trigger>
      <ContextParts.Portal container={container}>
        <ContextParts.Content className="menu" aria-label={label} collisionPadding={8} loop {...apart}>
          <Entries parts={ContextParts as unknown as Parts} groups={groups} head={head} />
        </ContextParts.Content>
      </ContextParts.Portal>
    </ContextParts.Root>
  );
}

/** Menus stand inside the landmark that they belong to, outside of everything that scrolls or zooms. */
function useLandmark(onOpen: (() => void) | undefined) {
  const trigger = useRef<HTMLElement & HTMLButtonElement & HTMLSpanElement>(null);
  const [container, setContainer] = useState<HTMLElement | null>(null);
  const onOpenChange = (open: boolean): void => {
    if (!open) return;
    setContainer(trigger.current?.closest<HTMLElement>('main, aside, nav') ?? null);
    onOpen?.();
  };
  return { trigger, container, onOpenChange };
}

const stop = (event: { stopPropagation(): void }): void => event.stopPropagation();
/** What lies under a menu, such as the canvas, must not take its keys and clicks too: React hands them up the tree. */
const apart = { onKeyDown: stop, onClick: stop, onPointerDown: stop, onDoubleClick: stop, onContextMenu: stop };

function Entries({ parts, groups, head }: { parts: Parts; groups: MenuGroups; head?: ReactNode }) {
  return (
    <>
      {head !== undefined && <parts.Label className="menu-head">{head}</parts.Label>}
      {groups
        .filter((group) => group.length > 0)
        .map((group, index) => (
          <Fragment key={group[0]?.id}>
            {index > 0 && <parts.Separator className="menu-line" />}
            {group.map((item) => (
              <Entry key={item.id} parts={parts} item={item} />
            ))}
          </Fragment>
        ))}
    </>
  );
}

function Entry({ parts, item }: { parts: Parts; item: MenuItem }) {
  const { perform, whyNot, checked } = item;
  const props = {
    className: `menu-item${item.isDanger ? ' is-danger' : ''}`,
    'aria-disabled': whyNot !== undefined || undefined,
    title: whyNot,
    onSelect: (event: Event) => {
      if (whyNot !== undefined) event.preventDefault();
      else perform?.();
    },
  };
  if (item.items !== undefined) return <Further parts={parts} item={item} />;
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

/** An entry with a further menu: a click does what the entry says, staying on it or Right opens what bounds it. */
function Further({ parts, item }: { parts: Parts; item: MenuItem }) {
  const { perform, whyNot, checked } = item;
  return (
    <parts.Sub>
      <parts.SubTrigger
        className="menu-item"
        {...(checked !== undefined && { role: 'menuitemcheckbox', 'aria-checked': checked })}
        aria-disabled={whyNot !== undefined || undefined}
        title={whyNot}
        onClick={(event) => {
          if (perform === undefined || whyNot !== undefined) return;
          event.preventDefault();
          perform();
          closeMenus(event.currentTarget);
        }}
        onKeyDown={(event) => {
          if (perform === undefined || whyNot !== undefined || (event.key !== 'Enter' && event.key !== ' ')) return;
          event.preventDefault();
          perform();
          closeMenus(event.currentTarget);
        }}
      >
        <Face item={item} />
        <Icon name="right" size={12} className="menu-further" />
      </parts.SubTrigger>
      <parts.Portal>
        <parts.SubContent className="menu" sideOffset={6} collisionPadding={8} loop {...apart}>
          <Entries parts={parts} groups={item.items as MenuGroups} head={item.label} />
        </parts.SubContent>
      </parts.Portal>
    </parts.Sub>
  );
}

/** Closes all open menus the way a person does. */
const closeMenus = (from: HTMLElement): void => {
  from.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
};

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
