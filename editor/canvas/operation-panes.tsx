import { usePaneRequest } from '../app/use-pane-request.ts';
import { HelpPane } from '../inspector/help-pane.tsx';
import { Inspector } from '../inspector/inspector.tsx';
import { LogsPane } from '../logs/logs-pane.tsx';
import { ReplayPane } from '../runs/replay-pane.tsx';
import { SimulationPane } from '../runs/simulation-pane.tsx';
import { TracePane } from '../runs/trace-pane.tsx';
import { Tabs } from '../ui/tabs.tsx';
import { useSession, useSessionState } from './session-context.ts';

/** The upper half of the panel beside the canvas. */
export function UpperPane() {
  const session = useSession();
  const upper = useSessionState((state) => state.upper);
  return (
    <Tabs
      label="Panel"
      value={upper}
      onChange={(tab) => session.state.setState({ upper: tab })}
      tabs={[
        { id: 'inspector', label: 'Inspector', content: <Inspector /> },
        { id: 'simulation', label: 'Simulation', content: <SimulationPane /> },
        { id: 'replay', label: 'Replay', content: <ReplayPane /> },
        { id: 'help', label: 'Help', content: <HelpPane /> },
      ]}
    />
  );
}

/** The lower half: what the run had at the chosen node, and the records. */
export function LowerPane() {
  const session = useSession();
  const lower = useSessionState((state) => state.lower);
  usePaneRequest(session.address, ({ upper, lower: tab }) =>
    session.state.setState({ ...(upper && { upper }), ...(tab && { lower: tab }) }),
  );
  const [first, ...others] = useSessionState((state) => state.selected);
  const isAction = first !== undefined && others.length === 0 && !['start', 'end', 'onError'].includes(first);
  return (
    <Tabs
      label="Lower panel"
      value={lower}
      onChange={(tab) => session.state.setState({ lower: tab })}
      tabs={[
        { id: 'trace', label: 'Trace', content: <TracePane /> },
        {
          id: 'logs',
          label: 'Logs',
          content: <LogsPane node={isAction ? `${session.address}/${first}` : session.address} />,
        },
      ]}
    />
  );
}
