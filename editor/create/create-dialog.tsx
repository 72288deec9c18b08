import type { ResourceKind } from '../../engine/document/types.ts';
import type { DialogRequest } from '../state/dialog-request.ts';
import { CreateApi } from './create-api.tsx';
import { CreateClient } from './create-client.tsx';
import { CreateServer } from './create-server.tsx';
import { CreateService } from './create-service.tsx';

const forms: Record<ResourceKind, (props: { onClose(): void }) => React.ReactElement> = {
  api: CreateApi,
  server: CreateServer,
  service: CreateService,
  client: CreateClient,
};

/** Asks for what a new resource needs, and makes it as a draft. */
export function CreateDialog({
  request: { kind },
  onClose,
}: {
  request: Extract<DialogRequest, { dialog: 'create' }>;
  onClose(): void;
}) {
  const Form = forms[kind];
  return <Form onClose={onClose} />;
}
