import { pathToAddress } from '../state/address-path.ts';
import { paneRequest } from '../state/pane-request.ts';
import type { NodeCommand } from './command.ts';

/** Goes to an operation with its stored inputs beside it, ready to be run. */
export const simulate: NodeCommand = {
  id: 'simulate',
  icon: 'play',
  right: 'operate',
  label: () => 'Simulate',
  perform({ address }, { go }) {
    paneRequest.setState({ address, upper: 'simulation' }, true);
    go(pathToAddress(address));
  },
};
