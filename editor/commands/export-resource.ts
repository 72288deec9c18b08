import { exportResource as saveResource } from '../import/export-resource.ts';
import type { NodeCommand } from './command.ts';

/** A file of one resource that the import takes. */
export const exportResource: NodeCommand = {
  id: 'export',
  icon: 'upload',
  right: 'view',
  label: () => 'Export',
  perform: ({ address }, context) => saveResource(context, address),
};
