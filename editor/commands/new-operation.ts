import type { NodeCommand } from './command.ts';

export const newOperation: NodeCommand = {
  id: 'new-operation',
  icon: 'add',
  right: 'edit',
  label: () => 'New Operation…',
  perform: ({ address }, { ask }) => ask({ dialog: 'create-operation', resource: address }),
};
