import { pathToAddress } from '../state/address-path.ts';
import { paneRequest } from '../state/pane-request.ts';
import type { NodeCommand } from './command.ts';

/** Goes to a node with its records beside it. */
export const openLogs: NodeCommand = {
  id: 'open-logs',
  icon: 'open',
  right: 'view',
  label: () => 'Open Logs',
  perform({ address }, { go }) {
    paneRequest.setState({ address, lower: 'logs' }, true);
    go(pathToAddress(address));
  },
};
