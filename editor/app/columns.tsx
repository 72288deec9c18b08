import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Group, Panel, Separator, useDefaultLayout } from 'react-resizable-panels';
import { browserStore } from '../state/browser-store.ts';
import { paneRequest } from '../state/pane-request.ts';
import { Icon } from '../ui/icon.tsx';
import { useMedia } from './use-media.ts';
import { useRemembered } from './use-remembered.ts';

/**
 * A screen of two columns: the workspace, which is the page's main part, and the panel at the right with an upper and a
 * lower pane. Widths are remembered per browser; the panel can be put away. In a narrow window it is away until it is
 * wanted, and then lies over the workspace.
 */
export function Columns({ main, upper, lower }: { main: ReactNode; upper: ReactNode; lower: ReactNode }) {
  const isNarrow = useMedia('(width < 900px)');
  const [isKept, keep] = useRemembered('sluice.panel', true);
  const [isOver, lay] = useState(false);
  const [isShown, show] = isNarrow ? [isOver, lay] : [isKept, keep];
  const columns = useDefaultLayout({ id: 'sluice.columns', storage: browserStore });
  const button = useRef<HTMLButtonElement>(null);
  const isAsked = useRef(false);
  useEffect(() => {
    if (isShown) return;
    // What a command wants to have on screen is shown even where the panel was put away.
    const look = (): void => {
      if (paneRequest.getState() !== null) show(true);
    };
    look();
    return paneRequest.subscribe(look);
  });
  // The button that was pressed is gone; its counterpart has the focus.
  useEffect(() => {
    if (isAsked.current) button.current?.focus();
    isAsked.current = false;
  }, [isShown]);
  const toggle = (
    <button
      ref={button}
      type="button"
      className={`btn btn-quiet btn-icon ${isShown ? 'btn-s panel-hide' : 'panel-show'}`}
      aria-label={isShown ? 'Hide Panel' : 'Show Panel'}
      title={isShown ? 'Hide Panel' : 'Show Panel'}
      onClick={() => {
        isAsked.current = true;
        show(!isShown);
      }}
    >
      <Icon name="panelRight" />
    </button>
  );
  const panel = <SidePanel toggle={toggle} upper={upper} lower={lower} />;
  const work = (
    <main className="work" id="work">
      {main}
    </main>
  );
  if (isNarrow || !isShown)
    return (
      <div className="columns columns-one">
        {work}
        {isShown ? <div className="panel-over">{panel}</div> : toggle}
      </div>
    );
  return (
    <Group className="columns" defaultLayout={columns.defaultLayout} onLayoutChanged={columns.onLayoutChanged}>
      <Panel id="main" minSize="320px">
        {work}
      </Panel>
      {/* A label would make it content outside of every landmark; a title names it too. */}
      <Separator className="split split-column" title="Width of the panel" />
      <Panel id="panel" defaultSize="400px" minSize="320px" maxSize="60%" groupResizeBehavior="preserve-pixel-size">
        {panel}
      </Panel>
    </Group>
  );
}

function SidePanel({ toggle, upper, lower }: { toggle: ReactNode; upper: ReactNode; lower: ReactNode }) {
  const panes = useDefaultLayout({ id: 'sluice.panes', storage: browserStore });
  return (
    <aside className="panel" aria-label="Panel">
      {toggle}
      <Group
        orientation="vertical"
        className="panes"
        defaultLayout={panes.defaultLayout}
        onLayoutChanged={panes.onLayoutChanged}
      >
        <Panel id="upper" className="pane" minSize="120px">
          {upper}
        </Panel>
        <Separator className="split split-row" aria-label="Height of the lower pane" />
        <Panel id="lower" className="pane" defaultSize="36%" minSize="72px">
          {lower}
        </Panel>
      </Group>
    </aside>
  );
}
