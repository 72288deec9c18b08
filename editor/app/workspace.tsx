import { lazy, type ReactNode, Suspense, useEffect, useMemo, useRef, useState } from 'react';
import type { User } from '../../engine/control/auth/user.ts';
import { ApiClient } from '../api/client.ts';
import { ApiProblem, messageOf } from '../api/problem.ts';
import { signOut } from '../api/session.ts';
import { OperationScreen } from '../canvas/operation-screen.tsx';
import { CreateCommands } from '../create/create-commands.tsx';
import { DraftLife } from '../drafts/draft-life.tsx';
import { ImportDropZone } from '../import/drop-zone.tsx';
import { ListScreen } from '../lists/list-screen.tsx';
import { CommandRegistry } from '../state/command-registry.ts';
import type { DialogRequest } from '../state/dialog-request.ts';
import { DraftDesk } from '../state/draft-desk.ts';
import { BrowserKeptEdits } from '../state/draft-keep-browser.ts';
import { LiveProject } from '../state/live-project.ts';
import { NoticeArea, useNotices } from '../ui/notices.tsx';
import { AwayBanner } from './away-banner.tsx';
import { OpenDialog } from './dialogs.tsx';
import { Link } from './link.tsx';
import { Rail } from './rail.tsx';
import { navigate, type Place, placeOf, usePath } from './route.ts';
import { saveFile } from './save-file.ts';
import { StatusBar } from './status-bar.tsx';
import { Stumble } from './stumble.tsx';
import { UnreadableDrafts } from './unreadable-drafts.tsx';
import { useKeys } from './use-keys.ts';
import { WorkspaceCommands } from './workspace-commands.tsx';
import { useWorkspace, WorkspaceContext, type WorkspaceTools } from './workspace-context.ts';

const SettingsScreen = lazy(async () => ({
  default: (await import('../settings/settings-screen.tsx')).SettingsScreen,
}));
const ApisScreen = lazy(async () => ({ default: (await import('../apis/apis-screen.tsx')).ApisScreen }));
const HistoryScreen = lazy(async () => ({ default: (await import('../history/history-screen.tsx')).HistoryScreen }));

interface WorkspaceProps {
  /** Who is signed in. */
  user: User;
  onSignedOut(reason: string | null): void;
}

export const Workspace = (props: WorkspaceProps) => (
  <NoticeArea>
    <Signed {...props} />
  </NoticeArea>
);

function Signed({ user, onSignedOut }: WorkspaceProps) {
  const notices = useNotices();
  const leave = useRef(onSignedOut);
  leave.current = onSignedOut;
  const [{ api, project, drafts, registry }] = useState(() => {
    const client = new ApiClient();
    const live = new LiveProject(client, (reason) => leave.current(reason));
    const desk = new DraftDesk(client, live, new BrowserKeptEdits(user.name), user.rights.includes('edit'));
    return { api: client, project: live, drafts: desk, registry: new CommandRegistry() };
  });
  useEffect(() => project.start(), [project]);
  useKeys(registry);
  const [dialog, ask] = useState<DialogRequest | null>(null);

  const tools = useMemo<WorkspaceTools>(() => {
    const { say, done } = notices;
    const context = { api, project, drafts, say, done, save: saveFile, ask, go: navigate };
    const attempt: WorkspaceTools['attempt'] = (what, work) => {
      work().catch((thrown: unknown) => {
        // What is not allowed will not be allowed the next time either.
        const isForbidden = thrown instanceof ApiProblem && thrown.status === 403;
        notices.fail(`${what}: ${messageOf(thrown)}`, isForbidden ? null : () => attempt(what, work));
      });
    };
    const whyNot: WorkspaceTools['whyNot'] = (right) =>
      user.rights.includes(right)
        ? undefined
        : `This needs the right to ${right}, which the role ${user.role} does not have.`;
    const run: WorkspaceTools['run'] = (command, node) =>
      attempt(`${command.label(node)} failed for ${node.title}`, async () =>
        command.perform(project.snapshot().nodes.get(node.address) ?? node, { ...context, attempt }),
      );
    return { ...context, registry, whyNot, attempt, run };
  }, [api, project, drafts, registry, notices, user]);

  const leaveForGood = () =>
    tools.attempt('You are still signed in', async () => {
      await signOut();
      onSignedOut(null);
    });

  const path = usePath();
  const place = useMemo(() => placeOf(path), [path]);
  return (
    <WorkspaceContext value={tools}>
      <DraftLife />
      <WorkspaceCommands onSignOut={leaveForGood} />
      <CreateCommands place={place} />
      {(place.screen === 'list' || place.screen === 'apis') && <ImportDropZone />}
      <div className="frame">
        <Rail place={place} name={user.name} onSignOut={leaveForGood} />
        <div className="stage">
          <AwayBanner />
          <UnreadableDrafts />
          <Stumble what="This screen" place={path} isMain ways={<WaysOn place={place} />}>
            <Screen place={place} />
          </Stumble>
        </div>
        <StatusBar />
      </div>
      <Suspense>{dialog !== null && <OpenDialog request={dialog} onClose={() => ask(null)} />}</Suspense>
    </WorkspaceContext>
  );
}

/** Where to go when a screen cannot be shown: what is edited may be the reason. */
function WaysOn({ place }: { place: Place }) {
  const { api, attempt, go, project } = useWorkspace();
  const name = place.screen === 'operation' ? `${place.kind}s/${place.resource}` : null;
  const discard = (): void =>
    attempt('The draft was not discarded', async () => {
      await api.delete(`/api/drafts/${name}`);
      await project.refresh();
      location.reload();
    });
  return (
    <>
      {name !== null && (
        <button type="button" className="btn" onClick={discard}>
          Discard Draft
        </button>
      )}
      <button type="button" className="btn" onClick={() => go('/history')}>
        Go To History
      </button>
    </>
  );
}

function Screen({ place }: { place: Place }): ReactNode {
  switch (place.screen) {
    case 'list':
      return <ListScreen kind={place.kind} open={place.open} operation={place.operation} />;
    case 'operation':
      return <OperationScreen key={`${place.kind}/${place.resource}/${place.operation}`} place={place} />;
    case 'settings':
      return (
        <Suspense fallback={<main className="work" id="work" />}>
          <SettingsScreen section={place.section} />
        </Suspense>
      );
    case 'history':
      return (
        <Suspense fallback={<main className="work" id="work" />}>
          <HistoryScreen revision={place.revision} />
        </Suspense>
      );
    case 'apis':
      return (
        <Suspense fallback={<main className="work" id="work" />}>
          <ApisScreen open={place.open} />
        </Suspense>
      );
    case 'unknown':
      return (
        <main className="work" id="work">
          <div className="empty">
            <h1>There is no such page</h1>
            <p>The address bar names something that the editor does not have.</p>
            <Link className="btn" href="/servers">
              Go To Servers
            </Link>
          </div>
        </main>
      );
  }
}
