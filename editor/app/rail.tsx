import type { LiveSnapshot } from '../state/live-project.ts';
import { Icon, type IconName, Mark } from '../ui/icon.tsx';
import { Keys } from '../ui/keys.tsx';
import { Link } from './link.tsx';
import type { ListKind, Place } from './route.ts';
import { ThemeButton } from './theme-switch.tsx';
import { useRemembered } from './use-remembered.ts';
import { useProject, useWorkspace } from './workspace-context.ts';

const links: readonly {
  path: string;
  screens: (place: Place) => boolean;
  name: string;
  icon: IconName;
  count?: (project: LiveSnapshot) => number;
}[] = [
  {
    path: '/servers',
    screens: isList('server'),
    name: 'Servers',
    icon: 'server',
    count: ({ servers }) => servers.length,
  },
  {
    path: '/apis',
    screens: ({ screen }) => screen === 'apis',
    name: 'APIs',
    icon: 'api',
    count: ({ apis }) => apis.length,
  },
  {
    path: '/services',
    screens: isList('service'),
    name: 'Services',
    icon: 'service',
    count: ({ services }) => services.length,
  },
  {
    path: '/clients',
    screens: isList('client'),
    name: 'Clients',
    icon: 'client',
    count: ({ clients }) => clients.length,
  },
  { path: '/settings', screens: ({ screen }) => screen === 'settings', name: 'Settings', icon: 'settings' },
  { path: '/history', screens: ({ screen }) => screen === 'history', name: 'History', icon: 'history' },
];

function isList(kind: ListKind): (place: Place) => boolean {
  return (place) => (place.screen === 'list' || place.screen === 'operation') && place.kind === kind;
}

interface RailProps {
  place: Place;
  /** Who is signed in. */
  name: string;
  onSignOut(): void;
}

/** The left column: where one can go, the theme, and the way out. */
export function Rail({ place, name, onSignOut }: RailProps) {
  const project = useProject();
  const { ask } = useWorkspace();
  const [isWide, widen] = useRemembered('sluice.rail', innerWidth >= 1600);
  return (
    <nav className={isWide ? 'rail rail-wide' : 'rail'} aria-label="Toolbar">
      <Link className="rail-brand" href="/servers" aria-label="Sluice">
        <Mark />
        <span>Sluice</span>
      </Link>
      <button
        type="button"
        className="rail-item rail-search"
        title="Find Anything"
        onClick={() => ask({ dialog: 'command-palette' })}
      >
        <Icon name="search" />
        <span>
          Find<span className="vh"> Anything</span>
        </span>
        <em aria-hidden="true">
          <Keys keys="Mod+K" />
        </em>
      </button>
      {links.map(({ path, screens, name: title, icon, count }) => (
        <Link
          key={path}
          className="rail-item"
          href={path}
          title={title}
          aria-current={screens(place) ? 'page' : undefined}
        >
          <Icon name={icon} />
          <span>{title}</span>
          {count && project.connection !== 'connecting' && <em aria-hidden="true">{count(project)}</em>}
        </Link>
      ))}
      <span className="grow" />
      <ThemeButton />
      <button type="button" className="rail-item" title="Sign out" onClick={onSignOut}>
        <Icon name="leave" />
        <span>Sign out</span>
        <em aria-hidden="true">{name}</em>
      </button>
      <button
        type="button"
        className="rail-item"
        aria-expanded={isWide}
        title={isWide ? 'Hide Names' : 'Show Names'}
        onClick={() => widen(!isWide)}
      >
        <Icon name={isWide ? 'left' : 'right'} />
        <span>{isWide ? 'Hide Names' : 'Show Names'}</span>
      </button>
    </nav>
  );
}
