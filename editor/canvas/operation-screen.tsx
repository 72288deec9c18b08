import { memo, useEffect, useMemo } from 'react';
import { useStore } from 'zustand';
import { Columns } from '../app/columns.tsx';
import { Link } from '../app/link.tsx';
import { navigate, type Place, pathTo, pathToAddress } from '../app/route.ts';
import { useProject, useWorkspace } from '../app/workspace-context.ts';
import { DraftBanners } from '../drafts/draft-banners.tsx';
import { FirstHint } from '../first-run/first-hint.tsx';
import { RunBanner } from '../runs/run-banner.tsx';
import { useRunOfAddress } from '../runs/use-run-of-address.ts';
import { OperationSession } from '../state/operation-session.ts';
import { Canvas } from './canvas.tsx';
import { OperationBar } from './operation-bar.tsx';
import { LowerPane, UpperPane } from './operation-panes.tsx';
import { SessionContext, useOperation, useSession } from './session-context.ts';

type OperationPlace = Extract<Place, { screen: 'operation' }>;

/** One operation's workflow: the canvas, and beside it what is chosen, tried and logged. */
export function OperationScreen({ place }: { place: OperationPlace }) {
  const { kind, resource, operation } = place;
  const { drafts } = useWorkspace();
  const address = `${kind}/${resource}/${operation}`;
  const session = useMemo(
    () => new OperationSession(address, drafts.of(`${kind}/${resource}`)),
    [address, drafts, kind, resource],
  );
  return (
    <SessionContext value={session}>
      <AddressBar place={place} />
      <Shown />
    </SessionContext>
  );
}

// They draw what the session says; that the screen is drawn again is nothing to them.
const upper = <UpperPane />;
const lower = <LowerPane />;
const runBanner = <RunBanner />;
const firstHint = <FirstHint />;

const Shown = memo(function Shown() {
  const { project } = useWorkspace();
  const { connection } = useProject();
  const session = useSession();
  const operation = useOperation();
  const document_ = useStore(session.draft.state, (state) => state.document);

  useEffect(() => {
    project.watch(session.address);
    return () => project.watch(null);
  }, [project, session]);
  const title = operation?.title || session.id;
  useEffect(() => {
    document.title = `${title} · Sluice`;
  }, [title]);

  if (operation !== undefined)
    return (
      <Columns
        main={
          <>
            <OperationBar operation={operation} />
            <DraftBanners name={session.draft.name} />
            {runBanner}
            <Canvas operation={operation} />
            {firstHint}
          </>
        }
        upper={upper}
        lower={lower}
      />
    );
  if (connection === 'connecting') return <p className="note loading">Loading the project…</p>;
  const [kind, resource] = session.address.split('/') as [OperationPlace['kind'], string];
  return (
    <main className="work" id="work">
      <div className="empty">
        <h1>There is no operation {session.id} here</h1>
        <p>
          {document_ === null
            ? `There is no ${kind} ${resource} either; both may have been removed or renamed.`
            : `The ${kind} ${resource} has others.`}
        </p>
        <Link className="btn" href={pathTo(kind, document_ === null ? undefined : resource)}>
          {{ server: 'Go To Servers', service: 'Go To Services', client: 'Go To Clients' }[kind]}
        </Link>
      </div>
    </main>
  );
});

/** The address bar names the chosen action, and choosing follows the address bar: a link leads to the node. */
function AddressBar({ place: { node, run } }: { place: OperationPlace }) {
  const session = useSession();
  useRunOfAddress(run);
  useEffect(() => {
    const { selected } = session.state.getState();
    if (node !== undefined && !(selected.length === 1 && selected[0] === node)) session.select(node);
  }, [session, node]);
  useEffect(
    () =>
      session.state.subscribe(({ selected, run }, before) => {
        if (selected === before.selected && run === before.run) return;
        const address = selected.length === 1 ? `${session.address}/${selected[0]}` : session.address;
        navigate(pathToAddress(address, run?.kind === 'captured' ? run.id : undefined), true);
      }),
    [session],
  );
  return null;
}
