import type { NodeCommand } from './command.ts';
import { type OperationList, withOperations } from './operation-list.ts';

/** A copy of an operation right after it, in the draft. It is not active: two of one method and path would get in each other's way. */
export const duplicateOperation: NodeCommand = {
  id: 'duplicate',
  icon: 'duplicate',
  right: 'edit',
  label: () => 'Duplicate',
  perform({ address, title }, { drafts, done }) {
    const [kind, resource, id] = address.split('/') as [string, string, string];
    const draft = drafts.of(`${kind}/${resource}`);
    let made = '';
    draft.edit({ label: `Duplicate ${id}`, operation: null }, (document) =>
      withOperations(document, (operations) => {
        const index = operations.findIndex((operation) => operation.id === id);
        const original = operations[index];
        if (original === undefined) return operations;
        made = freeId(operations, `${id}-copy`);
        return operations.toSpliced(index + 1, 0, {
          ...original,
          id: made,
          ...(original.title !== undefined && { title: `${original.title} (copy)` }),
          active: false,
        });
      }),
    );
    if (made === '') throw new Error('The operation is not there any more');
    done(`Duplicated ${title} as ${made}, not active, in the draft.`, {
      label: 'Undo',
      perform: () =>
        draft.edit({ label: `Delete ${made}`, operation: null }, (document) =>
          withOperations(document, (operations) => operations.filter((operation) => operation.id !== made)),
        ),
    });
  },
};

function freeId(operations: OperationList, wish: string): string {
  const stem = wish.slice(0, 60);
  const isTaken = (id: string): boolean => operations.some((operation) => operation.id === id);
  let id = stem;
  for (let number = 2; isTaken(id); number++) id = `${stem}-${number}`;
  return id;
}
