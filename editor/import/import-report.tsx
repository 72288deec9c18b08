import { Link } from '../app/link.tsx';
import { pathToAddress } from '../app/route.ts';
import { useWorkspace } from '../app/workspace-context.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Icon } from '../ui/icon.tsx';
import type { ImportAnswer } from './import-file.ts';
import { itemsByKind, remarkText } from './report-text.ts';

/** What an import brought, and what it could not carry over. */
export function ImportReport({ file, answer, onClose }: { file: string; answer: ImportAnswer; onClose(): void }) {
  const groups = itemsByKind(answer);
  const { warnings, revision } = answer;
  return (
    <Dialog
      title={revision === null ? 'Everything was there already' : 'Imported'}
      description={
        <>
          <code>{file}</code>
          {revision !== null && `, revision ${revision} of the history. Servers arrive stopped.`}
        </>
      }
      size="large"
      onClose={onClose}
      footer={
        <button type="button" className="btn btn-primary" data-first onClick={onClose}>
          Done
        </button>
      }
    >
      <div className="form">
        <div className="import-groups">
          {groups.map(({ kind, items }) => (
            <section key={kind} aria-label={kind}>
              <h3 className="form-head">
                {kind} <span className="count">{items.length}</span>
              </h3>
              <ul>
                {items.map(({ id, path, note }) => (
                  <li key={id} className="row">
                    <Link className="mono cut" href={path} onClick={onClose}>
                      {id}
                    </Link>
                    <span className={`badge ${note === 'replaced' ? 'badge-warning' : 'badge-plain'}`}>{note}</span>
                  </li>
                ))}
              </ul>
            </section>
          ))}
          {answer.imported.includes('variables') && (
            <section aria-label="Variables">
              <h3 className="form-head">Variables</h3>
              <p className="note">Taken over.</p>
            </section>
          )}
        </div>
        {warnings.length === 0 ? (
          <p className="row">
            <Icon name="ok" size={14} /> Everything was carried over.
          </p>
        ) : (
          <Remarks title="What could not be carried over" remarks={warnings} onOpen={onClose} />
        )}
      </div>
    </Dialog>
  );
}

interface RemarksProps {
  title: string;
  remarks: readonly { resource: string | null; pointer: string; message: string }[];
  /** Called when a link to a place is followed. Without it, places are no links: there is nothing there. */
  onOpen?(): void;
}

/** Remarks with their places, to be read or copied. */
export function Remarks({ title, remarks, onOpen }: RemarksProps) {
  const { attempt, say } = useWorkspace();
  const copy = () =>
    attempt('The list was not copied', async () => {
      await navigator.clipboard.writeText(remarks.map(remarkText).join('\n'));
      say('The list was copied.');
    });
  return (
    <section className="remarks" aria-label={title}>
      <div className="row">
        <h3 className="form-head">{title}</h3>
        <span className="count">{remarks.length}</span>
        <span className="grow" />
        <button type="button" className="btn btn-s" aria-label={`Copy ${title}`} onClick={copy}>
          <Icon name="copy" size={14} />
          Copy
        </button>
      </div>
      {/* A long list scrolls, also by keyboard. */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: see above. */}
      <ul tabIndex={0} aria-label={title}>
        {remarks.map((remark, index) => (
          // Two remarks may say the same of two places that look alike.
          <li key={index}>
            <span>{remark.message}</span>
            <span className="row">
              {remark.resource !== null &&
                (onOpen && !remark.resource.startsWith('api/') ? (
                  <Link className="mono cut" href={pathToAddress(remark.resource)} onClick={onOpen}>
                    {remark.resource}
                  </Link>
                ) : (
                  <span className="mono cut t2">{remark.resource}</span>
                ))}
              {remark.pointer !== '' && (
                <span className="mono t3 cut" title="Where it stands in the file">
                  {remark.pointer}
                </span>
              )}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
