import { Icon, type IconName, Mark } from '../ui/icon.tsx';
import { Link } from './link.tsx';
import { type ListKind, type Place, pathTo } from './route.ts';
import { ThemeButton } from './theme-switch.tsx';
import { useProject } from './workspace-context.ts';

const links: readonly { kind: ListKind; name: string; icon: IconName }[] = [
  { kind: 'server', name: 'Servers', icon: 'server' },
  { kind: 'service', name: 'Services', icon: 'service' },
];

interface RailProps {
  place: Place;
  /** Who is signed in. */
  name: string;
  onSignOut(): void;
}

/** The left column: where one can go, the theme, and the way out. */
export function Rail({ place, name, onSignOut }: RailProps) {
  const { servers, services, connection } = useProject();
  const counts = { server: servers.length, service: services.length };
  return (
    <nav className="rail" aria-label="Toolbar">
      <Link className="rail-brand" href="/servers" aria-label="Sluice">
        <Mark />
        <span>Sluice</span>
      </Link>
      {links.map(({ kind, name, icon }) => (
        <Link
          key={kind}
          className="rail-item"
          href={pathTo(kind)}
          title={name}
          aria-current={place.screen !== 'unknown' && place.kind === kind ? 'page' : undefined}
        >
          <Icon name={icon} />
          <span>{name}</span>
          {connection !== 'connecting' && <em aria-hidden="true">{counts[kind]}</em>}
        </Link>
      ))}
      <span className="grow" />
      <ThemeButton />
      <button type="button" className="rail-item" title="Sign out" onClick={onSignOut}>
        <Icon name="leave" />
        <span>Sign out</span>
        <em aria-hidden="true">{name}</em>
      </button>
    </nav>
  );
}
