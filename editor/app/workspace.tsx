import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { ApiClient } from '../api/client.ts';
import { messageOf } from '../api/problem.ts';
import { signOut } from '../api/session.ts';
import { OperationScreen } from '../canvas/operation-screen.tsx';
import { ResourceList } from '../lists/resource-list.tsx';
import { LiveProject } from '../state/live-project.ts';
import { NoticeArea, useNotices } from '../ui/notices.tsx';
import { AwayBanner } from './away-banner.tsx';
import { Link } from './link.tsx';
import { Rail } from './rail.tsx';
import { type Place, placeOf, usePath } from './route.ts';
import { saveFile } from './save-file.ts';
import { StatusBar } from './status-bar.tsx';
import { WorkspaceContext, type WorkspaceTools } from './workspace-context.ts';

interface WorkspaceProps {
  /** Who is signed in. */
  name: string;
  onSignedOut(reason: string | null): void;
}

export const Workspace = (props: WorkspaceProps) => (
  <NoticeArea>
    <Signed {...props} />
  </NoticeArea>
);

function Signed({ name, onSignedOut }: WorkspaceProps) {
  const notices = useNotices();
  const leave = useRef(onSignedOut);
  leave.current = onSignedOut;
  const [{ api, project }] = useState(() => {
    const client = new ApiClient();
    return { api: client, project: new LiveProject(client, (reason) => leave.current(reason)) };
  });
  useEffect(() => project.start(), [project]);

  const tools = useMemo<WorkspaceTools>(() => {
    const context = { api, project, say: notices.say, save: saveFile };
    const attempt: WorkspaceTools['attempt'] = (what, work) => {
      work().catch((thrown: unknown) => notices.fail(`${what}: ${messageOf(thrown)}`, () => attempt(what, work)));
    };
    const run: WorkspaceTools['run'] = (command, node) =>
      attempt(`${command.label(node)} failed for ${node.title}`, () =>
        command.perform(project.snapshot().nodes.get(node.address) ?? node, context),
      );
    return { ...context, attempt, run };
  }, [api, project, notices]);

  const leaveForGood = () =>
    tools.attempt('You are still signed in', async () => {
      await signOut();
      onSignedOut(null);
    });

  const path = usePath();
  const place = useMemo(() => placeOf(path), [path]);
  return (
    <WorkspaceContext value={tools}>
      <div className="frame">
        <Rail place={place} name={name} onSignOut={leaveForGood} />
        <main className="work" id="work">
          <AwayBanner />
          <Screen place={place} />
        </main>
        <StatusBar />
      </div>
    </WorkspaceContext>
  );
}

function Screen({ place }: { place: Place }): ReactNode {
  switch (place.screen) {
    case 'list':
      return <ResourceList key={place.kind} kind={place.kind} open={place.open} />;
    case 'operation':
      return <OperationScreen key={`${place.kind}/${place.resource}/${place.operation}`} {...place} />;
    case 'unknown':
      return (
        <div className="empty">
          <h1>There is no such page</h1>
          <p>The address bar names something that the editor does not have.</p>
          <Link className="btn" href="/servers">
            Go To Servers
          </Link>
        </div>
      );
  }
}
