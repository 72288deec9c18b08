/**
 * Every failure code of the engine: what it means and which HTTP status a run answers that fails with it and has no
 * onError. A failure inside a run is the server's fault (500); 503 and 429 say that trying again later may help, 401 that the caller did
 * not prove who it is.
 * Codes are permanent and never reused. docs/errors.md is generated from this table; a test compares the two.
 */
export const errorTable = {
  'action-failed': { status: 500, text: 'An action failed for a reason of its own; the message says which.' },
  'action-unknown': { status: 500, text: 'The workflow reached an action id that this library does not have.' },
  'api-invalid': { status: 500, text: 'The OpenAPI document linked to the server cannot be compiled.' },
  'api-unknown': { status: 500, text: 'A call names an API that the project does not have.' },
  'call-depth': { status: 500, text: 'Operations called each other deeper than limits.callDepth.' },
  cancelled: { status: 503, text: 'The run was cancelled before it ended, for example by a shutdown.' },
  'circuit-open': { status: 503, text: 'What is to be called has failed too often and is left alone for a while.' },
  'command-failed': { status: 500, text: 'A command line could not run, or ended with a status other than 0.' },
  'command-forbidden': {
    status: 500,
    text: 'Command lines may not run here: the setting restricted.commands does not allow them.',
  },
  'document-invalid': { status: 422, text: 'A document does not have the form it must have.' },
  'engine-unavailable': {
    status: 503,
    text: 'The engine cannot be asked for anything: it is stopping, does not answer, or there is none, as in `sluice run`.',
  },
  'expression-failed': { status: 500, text: 'A JSONata expression or template failed.' },
  'expression-invalid': { status: 500, text: 'A text that was to be evaluated is not a JSONata expression.' },
  'expression-limit': { status: 500, text: 'An expression ran into its limit of time, depth or size.' },
  'file-access': {
    status: 500,
    text: 'A path leads out of the folders that file actions may use, or may not be written.',
  },
  'file-failed': { status: 500, text: 'The file system refused: not found, no space, no permission.' },
  'input-invalid': { status: 500, text: 'An action was given a value of the wrong type or range.' },
  interrupted: { status: 500, text: 'The worker process died while the run was in it.' },
  'memory-full': { status: 500, text: 'A value is larger than all that limits.memoryBytes leaves room for.' },
  'operation-unknown': { status: 500, text: 'A call names an operation that does not exist or is not active.' },
  'output-invalid': { status: 500, text: 'The output of an operation does not fit its schema, or cannot be sent.' },
  quarantined: {
    status: 503,
    text: 'The operation ended its worker three times within a minute and is set aside until it is changed.',
  },
  raised: { status: 500, text: 'scope/raise stopped the run.' },
  'rate-limited': { status: 429, text: 'The limit of executions in a time is used up.' },
  'reference-invalid': { status: 500, text: 'An output path cannot be written, for example a key of a text.' },
  'request-failed': { status: 500, text: 'An outgoing request got no answer: refused, reset, or not to be resolved.' },
  'request-forbidden': { status: 500, text: 'An outgoing request to that address is not allowed by outgoing.*.' },
  'request-status': { status: 500, text: 'An outgoing request was answered with a status that is not 2xx.' },
  'response-invalid': { status: 500, text: 'The answer to an outgoing request is not the JSON that it was taken for.' },
  'schema-mismatch': { status: 500, text: 'The input of an operation does not fit its schema.' },
  'secret-unknown': { status: 500, text: 'A $secret names a secret that is not stored or cannot be read.' },
  'server-failed': { status: 500, text: 'A server that was to be started does not listen; the message says why.' },
  'server-unknown': { status: 500, text: 'There is no server of that id.' },
  'signature-invalid': { status: 401, text: 'What came in is not signed by somebody who knows the secret.' },
  'step-limit': { status: 500, text: 'The run took more steps than limits.steps.' },
  timeout: { status: 500, text: 'The run or the action took longer than its time limit.' },
  'timer-invalid': {
    status: 500,
    text: 'A timer cannot be like that: its interval, operation or input is not allowed.',
  },
  'timer-unknown': { status: 500, text: 'There is no timer of that id.' },
  'token-expired': { status: 401, text: 'A token was valid once and is not any more.' },
  'token-invalid': { status: 401, text: 'A token was not issued by who is trusted, or not for this.' },
  'too-large': { status: 500, text: 'A result would be larger than an action may make it.' },
  'webhook-repeated': { status: 409, text: 'The webhook was taken before.' },
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
