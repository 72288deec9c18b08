import type { ReactElement } from 'react';
import type { DialogRequest } from '../state/dialog-request.ts';

type Dialogs = {
  [Name in DialogRequest['dialog']]?: (props: {
    request: Extract<DialogRequest, { dialog: Name }>;
    onClose(): void;
  }) => ReactElement | null;
};

/** The component of each dialog that commands ask for. */
const dialogs: Dialogs = {};

/** The dialog that is open, if one is. */
export function OpenDialog({ request, onClose }: { request: DialogRequest; onClose(): void }) {
  const Component = dialogs[request.dialog] as
    | ((props: { request: DialogRequest; onClose(): void }) => ReactElement | null)
    | undefined;
  return Component === undefined ? null : <Component request={request} onClose={onClose} />;
}
