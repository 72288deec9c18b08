import { pathToAddress } from '../state/address-path.ts';
import { paneRequest } from '../state/pane-request.ts';
import type { NodeCommand } from './command.ts';

/** The form of a resource beside the list, or an operation on the canvas. */
export const editResource: NodeCommand = {
  id: 'edit',
  icon: 'edit',
  right: 'view',
  label: () => 'Edit…',
  perform({ address }, { go }) {
    paneRequest.setState({ address, upper: 'inspector' }, true);
    go(pathToAddress(address));
  },
};
