import { draftPath } from '../state/draft-calls.ts';
import { Icon } from '../ui/icon.tsx';
import { useProject, useWorkspace } from './workspace-context.ts';

/** Names drafts that the screens cannot show, such as files that were written by hand, with the way to be rid of them. */
export function UnreadableDrafts() {
  const { unreadable } = useProject();
  const { api, attempt, project, whyNot } = useWorkspace();
  const reason = whyNot('edit');
  return [...unreadable].map(([name, why]) => (
    <div key={name} className="banner" role="status">
      <Icon name="warn" />
      <span className="grow">
        <b>The draft of {name} cannot be shown:</b> {why}. What is live is shown instead.
      </span>
      <button
        type="button"
        className="btn btn-s"
        aria-disabled={reason !== undefined}
        title={reason}
        onClick={() =>
          reason === undefined &&
          attempt(`The draft of ${name} was not discarded`, async () => {
            await api.delete(draftPath(name));
            await project.refresh();
          })
        }
      >
        Discard Draft
      </button>
    </div>
  ));
}
