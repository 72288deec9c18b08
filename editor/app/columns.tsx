import { type ReactNode, useEffect } from 'react';
import { Group, Panel, Separator, useDefaultLayout } from 'react-resizable-panels';
import { paneRequest } from '../state/pane-request.ts';
import { Icon } from '../ui/icon.tsx';
import { useRemembered } from './use-remembered.ts';

/**
 * A screen of two columns: the workspace, which is the page's main part, and the panel at the right with an upper and a
 * lower pane. Widths are remembered per browser; the panel can be put away.
 */
export function Columns({ main, upper, lower }: { main: ReactNode; upper: ReactNode; lower: ReactNode }) {
  const [isShown, show] = useRemembered('sluice.panel', true);
  const columns = useDefaultLayout({ id: 'sluice.columns', storage: localStorage });
  const panes = useDefaultLayout({ id: 'sluice.panes', storage: localStorage });
  useEffect(() => {
    if (isShown) return;
    // What a command wants to have on screen is shown even where the panel was put away.
    const look = (): void => {
      if (paneRequest.getState() !== null) show(true);
    };
    look();
    return paneRequest.subscribe(look);
  });
  if (!isShown)
    return (
      <div className="columns columns-one">
        <main className="work" id="work">
          {main}
        </main>
        <button
          type="button"
          className="btn btn-quiet btn-icon panel-show"
          aria-label="Show Panel"
          onClick={() => show(true)}
        >
          <Icon name="panelRight" />
        </button>
      </div>
    );
  return (
    <Group className="columns" defaultLayout={columns.defaultLayout} onLayoutChanged={columns.onLayoutChanged}>
      <Panel id="main" minSize="320px">
        <main className="work" id="work">
          {main}
        </main>
      </Panel>
      {/* A label would make it content outside of every landmark; a title names it too. */}
      <Separator className="split split-column" title="Width of the panel" />
      <Panel id="panel" defaultSize="400px" minSize="320px" maxSize="60%" groupResizeBehavior="preserve-pixel-size">
        <aside className="panel" aria-label="Panel">
          <button
            type="button"
            className="btn btn-quiet btn-icon btn-s panel-hide"
            aria-label="Hide Panel"
            onClick={() => show(false)}
          >
            <Icon name="panelRight" />
          </button>
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
      </Panel>
    </Group>
  );
}
