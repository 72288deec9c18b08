import type { Operation } from '../../engine/document/types.ts';
import { pathTo } from '../state/address-path.ts';
import type { NodeCommand } from './command.ts';
import { withOperations } from './operation-list.ts';

/** Removes a resource at once; both ways to undo it, the notice and the history, stay open. */
export const deleteResource: NodeCommand = {
  id: 'delete',
  icon: 'delete',
  right: 'edit',
  label: () => 'Delete',
  value: () => 'can be undone',
  isDanger: true,
  async perform({ address, title, kind }, { drafts, project, done, attempt, go }) {
    const putBack = await drafts.remove(address);
    await project.refresh();
    if (kind === 'server' || kind === 'service' || kind === 'client') go(pathTo(kind));
    done(`Deleted ${title}.`, {
      label: 'Undo',
      perform: () =>
        attempt(`${title} was not put back`, async () => {
          await putBack();
          await project.refresh();
        }),
    });
  },
};

/** Takes an operation out of the draft; what is live answers until the draft is deployed. */
export const deleteOperation: NodeCommand = {
  ...deleteResource,
  perform({ address, title }, { drafts, done }) {
    const [kind, resource, id] = address.split('/') as [string, string, string];
    const draft = drafts.of(`${kind}/${resource}`);
    let removed: { operation: Operation; index: number } | undefined;
    draft.edit({ label: `Delete ${id}`, operation: null }, (document) =>
      withOperations(document, (operations) => {
        const index = operations.findIndex((operation) => operation.id === id);
        if (index < 0) return operations;
        removed = { operation: operations[index] as Operation, index };
        return operations.toSpliced(index, 1);
      }),
    );
    if (removed === undefined) throw new Error('The operation is not there any more');
    const { operation, index } = removed;
    const wasLive = draft.state.getState().live !== null;
    done(`Deleted ${title} in the draft.${wasLive ? ' It answers until you deploy.' : ''}`, {
      label: 'Undo',
      perform: () =>
        draft.edit({ label: `Put ${id} back`, operation: null }, (document) =>
          withOperations(document, (operations) =>
            operations.some((one) => one.id === id) ? operations : operations.toSpliced(index, 0, operation),
          ),
        ),
    });
  },
};
