import type { ResourceKind } from '../../engine/document/types.ts';
import { pathTo } from '../app/route.ts';
import { useWorkspace } from '../app/workspace-context.ts';
import type { ResourceOf } from '../state/draft-desk.ts';
import { fieldRequest } from '../state/field-request.ts';

const words: Record<ResourceKind, string> = { api: 'API', server: 'server', service: 'service', client: 'client' };

/**
 * Makes a resource as a draft and goes to it. What has no operation yet offers to make the first.
 * @throws ApiProblem when the engine refuses or does not answer
 */
export function useCreate(): <Kind extends ResourceKind>(kind: Kind, document: ResourceOf[Kind]) => Promise<void> {
  const { drafts, done, ask, go } = useWorkspace();
  return async (kind, document) => {
    await drafts.create(kind, document);
    const path = kind === 'api' ? `/apis/${encodeURIComponent(document.id)}` : pathTo(kind, document.id);
    go(path);
    const message = `The ${words[kind]} ${document.title || document.id} is a draft until it is deployed.`;
    const isEmpty = kind !== 'api' && (!('operations' in document) || (document.operations?.length ?? 0) === 0);
    if (!isEmpty || kind === 'client') done(message);
    else {
      const resource = `${kind}/${document.id}`;
      fieldRequest.setState({ resource, field: 'New Operation…' });
      done(message, { label: 'New Operation…', perform: () => ask({ dialog: 'create-operation', resource }) });
    }
  };
}
