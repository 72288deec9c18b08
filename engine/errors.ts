/**
 * Every failure code of the engine: what it means and which HTTP status a run answers that fails with it and has no
 * onError. A failure inside a run is the server's fault (500); 503 says that trying again later may help.
 * Codes are permanent and never reused. docs/errors.md is generated from this table; a test compares the two.
 */
export const errorTable = {
  'action-failed': { status: 500, text: 'An action failed for a reason of its own; the message says which.' },
  'action-unknown': { status: 500, text: 'The workflow reached an action id that this library does not have.' },
  'api-invalid': { status: 500, text: 'The OpenAPI document linked to the server cannot be compiled.' },
  'call-depth': { status: 500, text: 'Operations called each other deeper than limits.callDepth.' },
  cancelled: { status: 503, text: 'The run was cancelled before it ended, for example by a shutdown.' },
  'document-invalid': { status: 422, text: 'A document does not have the form it must have.' },
  'expression-failed': { status: 500, text: 'A JSONata expression or template failed.' },
  'expression-limit': { status: 500, text: 'An expression ran into its limit of time, depth or size.' },
  'file-access': {
    status: 500,
    text: 'A path leads out of the folders that file actions may use, or may not be written.',
  },
  'file-failed': { status: 500, text: 'The file system refused: not found, no space, no permission.' },
  'input-invalid': { status: 500, text: 'An action was given a value of the wrong type or range.' },
  interrupted: { status: 500, text: 'The worker process died while the run was in it.' },
  'operation-unknown': { status: 500, text: 'A call names an operation that does not exist or is not active.' },
  'output-invalid': { status: 500, text: 'The output of an operation does not fit its schema, or cannot be sent.' },
  quarantined: {
    status: 503,
    text: 'The operation ended its worker three times within a minute and is set aside until it is changed.',
  },
  raised: { status: 500, text: 'scope/raise stopped the run.' },
  'reference-invalid': { status: 500, text: 'An output path cannot be written, for example a key of a text.' },
  'request-failed': { status: 500, text: 'An outgoing request got no answer: refused, reset, or not to be resolved.' },
  'request-forbidden': { status: 500, text: 'An outgoing request to that address is not allowed by outgoing.*.' },
  'request-status': { status: 500, text: 'An outgoing request was answered with a status that is not 2xx.' },
  'response-invalid': { status: 500, text: 'The answer to an outgoing request is not the JSON that it was taken for.' },
  'schema-mismatch': { status: 500, text: 'The input of an operation does not fit its schema.' },
  'secret-unknown': { status: 500, text: 'A $secret names a secret that is not stored or cannot be read.' },
  'step-limit': { status: 500, text: 'The run took more steps than limits.steps.' },
  timeout: { status: 500, text: 'The run or the action took longer than its time limit.' },
} as const satisfies Record<string, { status: number; text: string }>;

export type ErrorCode = keyof typeof errorTable;

/** The HTTP status for a failure code; a code of an action's own answers 500. */
export const statusOf = (code: string): number =>
  Object.hasOwn(errorTable, code) ? errorTable[code as ErrorCode].status : 500;

/** What a failure looks like in the `error` scope, in records and over the API. */
export interface ErrorShape {
  name: string;
  message: string;
  code: string;
  /** Address of the node that failed. */
  node?: string;
}
