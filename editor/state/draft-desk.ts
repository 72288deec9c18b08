import type { ApiClient } from '../api/client.ts';
import type { LiveProject } from './live-project.ts';
import { ResourceDraft } from './resource-draft.ts';

/** All resources that are edited in this tab. */
export class DraftDesk {
  private readonly open = new Map<string, ResourceDraft>();

  constructor(
    protected readonly api: ApiClient,
    protected readonly project: LiveProject,
  ) {
    project.subscribe(() => this.follow());
  }

  private follow(): void {
    const { servers, services, clients } = this.project.snapshot();
    for (const [name, draft] of this.open) {
      const [kind, id] = name.split('/') as ['server' | 'service' | 'client', string];
      const live = { server: servers, service: services, client: clients }[kind]?.find((one) => one.id === id);
      draft.follow(live ?? null);
    }
  }

  /** The resource of a name such as `server/hello`, the same one each time. */
  of(name: string): ResourceDraft {
    const known = this.open.get(name);
    if (known !== undefined) return known;
    const made = new ResourceDraft(name);
    this.open.set(name, made);
    this.follow();
    return made;
  }
}
