import { STATUS_CODES } from 'node:http';
import { errorTable, statusOf } from '../../errors.ts';

export const problemType = 'application/problem+json';

/** RFC 9457 problem details. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  /** Id of the run that failed. */
  run?: string;
  [member: string]: unknown;
}

/** An answer in the form of an operation's output. */
export interface ProblemOutput {
  status: number;
  headers: Record<string, string>;
  body: Problem;
}

/** Describes a refusal whose status says it all: the type is about:blank (RFC 9457, section 4.2.1). */
export const problem = (status: number, detail: string, members?: Readonly<Record<string, unknown>>): Problem => ({
  type: 'about:blank',
  title: STATUS_CODES[status] ?? 'Error',
  status,
  detail,
  ...members,
});

/**
 * The output of a run that failed and has no error handler. The client learns the code and the run's id, never the
 * message: that may hold data and is in the log.
 */
export function runProblem(code: string, run: string): ProblemOutput {
  const status = statusOf(code);
  const known = Object.hasOwn(errorTable, code)
    ? errorTable[code as keyof typeof errorTable].text
    : 'The workflow failed.';
  const body = {
    ...problem(status, `${known} The log has the details under this run.`),
    type: `urn:sluice:${code}`,
    run,
  };
  return { status, headers: { 'content-type': problemType }, body };
}
