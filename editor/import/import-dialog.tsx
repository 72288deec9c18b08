import { useEffect, useRef, useState } from 'react';
import { ApiProblem, messageOf } from '../api/problem.ts';
import { useWorkspace } from '../app/workspace-context.ts';
import type { DialogRequest } from '../state/dialog-request.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Icon } from '../ui/icon.tsx';
import { documentFiles, FileDrop } from './file-drop.tsx';
import { type ImportAnswer, importFile, mostBytes } from './import-file.ts';
import { ImportReport, Remarks } from './import-report.tsx';

type Phase =
  | { at: 'choosing'; note: string | null }
  | { at: 'importing'; file: File; replace: boolean }
  | { at: 'refused'; file: File; problem: ApiProblem }
  | { at: 'done'; file: File; answer: ImportAnswer };

/** Takes a file into the project, and tells what became of it. All of it, or nothing. */
export function ImportDialog({
  request: { file: given },
  onClose,
}: {
  request: Extract<DialogRequest, { dialog: 'import' }>;
  onClose(): void;
}) {
  const { api, project, whyNot } = useWorkspace();
  const [phase, setPhase] = useState<Phase>({ at: 'choosing', note: null });
  const stop = useRef<AbortController | null>(null);
  const isForbidden = whyNot('edit');

  const start = (file: File, replace = false): void => {
    if (isForbidden !== undefined) {
      setPhase({ at: 'choosing', note: isForbidden });
      return;
    }
    if (file.size > mostBytes) {
      const size = Math.ceil(file.size / 1024 / 1024);
      setPhase({ at: 'choosing', note: `${file.name} has ${size} MB; an import may have 64 MB.` });
      return;
    }
    stop.current?.abort();
    const controller = new AbortController();
    const { signal } = controller;
    stop.current = controller;
    setPhase({ at: 'importing', file, replace });
    importFile(api, file, replace, signal)
      .then(async (answer) => {
        if (signal.aborted) return;
        setPhase({ at: 'done', file, answer });
        await project.refresh();
      })
      .catch((thrown: unknown) => {
        if (signal.aborted) return;
        const problem = thrown instanceof ApiProblem ? thrown : new ApiProblem(0, messageOf(thrown));
        setPhase({ at: 'refused', file, problem });
      });
  };

  // A file that was dropped on a list is taken at once.
  const begin = useRef(start);
  begin.current = start;
  useEffect(() => {
    if (given !== undefined) begin.current(given);
    return () => stop.current?.abort();
  }, [given]);

  const cancel = (): void => {
    stop.current?.abort();
    setPhase({
      at: 'choosing',
      note: 'The import was cancelled here. What the engine had received already may still arrive; the history shows it.',
    });
  };

  switch (phase.at) {
    case 'choosing':
      return (
        <Dialog
          title="Import"
          description="A project exported by Sluice, a configuration of API AutoFlow 3, or an OpenAPI 3 document."
          size="medium"
          onClose={onClose}
        >
          <FileDrop label="Choose File…" accept={documentFiles} onFile={(file) => start(file)}>
            Drop the file here: JSON or YAML, up to 64 MB. All of it arrives, or nothing; servers arrive stopped.
          </FileDrop>
          <p className="note" role="status">
            {phase.note}
          </p>
        </Dialog>
      );
    case 'importing':
      return (
        <Dialog
          title="Import"
          size="medium"
          onClose={cancel}
          footer={
            <button type="button" className="btn" data-first onClick={cancel}>
              Cancel
            </button>
          }
        >
          <div className="row" role="status">
            <Icon name="running" className="spin" />
            <span className="cut">
              Importing <code>{phase.file.name}</code>, {sizeText(phase.file.size)}
            </span>
          </div>
        </Dialog>
      );
    case 'refused':
      return (
        <Refused
          phase={phase}
          onStart={start}
          onBack={() => setPhase({ at: 'choosing', note: null })}
          onClose={onClose}
        />
      );
    case 'done':
      return <ImportReport file={phase.file.name} answer={phase.answer} onClose={onClose} />;
  }
}

function Refused({
  phase: { file, problem },
  onStart,
  onBack,
  onClose,
}: {
  phase: Extract<Phase, { at: 'refused' }>;
  onStart(file: File, replace?: boolean): void;
  onBack(): void;
  onClose(): void;
}) {
  const isTaken = problem.status === 409 && problem.field === 'replace';
  const faults = problem.errors.map(({ resource, pointer, detail }) => ({
    resource: resource ?? null,
    pointer,
    message: detail,
  }));
  return (
    <Dialog
      title="Nothing was imported"
      description={<code>{file.name}</code>}
      size="medium"
      onClose={onClose}
      footer={
        <>
          <button type="button" className="btn" onClick={onBack}>
            Choose Another File…
          </button>
          {isTaken ? (
            <button type="button" className="btn btn-danger" onClick={() => onStart(file, true)}>
              Replace
            </button>
          ) : (
            <button type="button" className="btn" onClick={() => onStart(file)}>
              Retry
            </button>
          )}
        </>
      }
    >
      <div className="form" role="alert">
        <p className="form-fault">
          <Icon name="warn" size={14} />
          <span>{isTaken ? replaceText(problem.message) : problem.message}</span>
        </p>
        {faults.length > 1 && <Remarks title="What is wrong" remarks={faults} />}
      </div>
    </Dialog>
  );
}

// The engine's sentence ends with what to do over its API.
const replaceText = (detail: string): string =>
  `${detail.replace(/ Import with replace=true.*$/s, '')} Replace puts what is in the file in its place; the history keeps what was there.`;

const sizeText = (bytes: number): string =>
  bytes < 1024
    ? `${bytes} B`
    : bytes < 1024 * 1024
      ? `${Math.ceil(bytes / 1024)} kB`
      : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
