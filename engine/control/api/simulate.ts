import { parseAddress } from '../../document/address.ts';
import { checkOperation } from '../../document/check.ts';
import type { CheckContext } from '../../document/check-context.ts';
import { checkWorkflow, surroundings, workflowSchema } from '../../document/check-workflow.ts';
import {
  anything,
  describe,
  exactly,
  filledText,
  flag,
  listOf,
  number,
  object,
  oneOf,
  orNull,
  type Rule,
  rule,
  shape,
  text,
  whole,
} from '../../document/shape.ts';
import type { Json, ResourceKind } from '../../document/types.ts';
import type { SimulationRequest } from '../../wire/messages.ts';
import type { Control } from '../control.ts';
import { jsonAnswer, problemAnswer } from './answer.ts';
import { type BodyFault, checkBody } from './body.ts';
import { Refusal } from './problem.ts';
import { documentBytes } from './resources.ts';
import type { Route } from './route.ts';

const operationAddress: Rule = rule({ type: 'string', examples: ['server/hello/get-hello'] }, (value, place) => {
  const address = typeof value === 'string' ? parseAddress(value) : undefined;
  if (address?.operation !== undefined && address.action === undefined) return;
  place.expected('the address of an operation, such as "server/hello/get-hello"', value);
});

const request = shape(
  {
    address: operationAddress,
    input: describe(anything, { description: 'What the outside would send, in the form of the scope.' }),
    // What is wrong with a workflow is told by a second look, with another status.
    workflow: rule(workflowSchema, () => {}),
    operation: rule(
      {
        type: 'object',
        description:
          'A whole operation as it would stand at the address, instead of a workflow: its method, path, schemas, time limit and error handler count too.',
      },
      (value, place) => {
        if (typeof value !== 'object' || value === null || Array.isArray(value)) place.expected('an operation', value);
      },
    ),
    store: describe(flag, { description: 'Keep the run, so that it can be found among the captured ones.' }),
  },
  ['address'],
);

/** What is too long for an answer is cut, and says so. */
const orCut = (whole: Rule): Rule =>
  rule({ anyOf: [whole.schema, describe(exactly({ $cut: object }), { title: 'Cut' }).schema] }, anything);

export const failure = describe(exactly({ name: text, message: text, code: text, node: text }, ['node']), {
  title: 'Failure',
});

const spans = listOf(orCut(rule({ $ref: '#/components/schemas/Span' }, anything)));
export const span = describe(
  exactly(
    {
      node: text,
      iteration: whole(0),
      attempt: whole(0),
      run: describe(text, { description: 'Only for a whole run: the simulated one and those that it called.' }),
      begin: describe(text, { description: 'RFC 3339 in UTC, with microseconds.' }),
      ms: number(0),
      input: anything,
      output: anything,
      error: orCut(orNull(failure)),
      leftOut: describe(listOf(text), { description: 'Values of which only outlines are there, for lack of room.' }),
      spansLeftOut: describe(whole(0), {
        description: 'Spans that were part of it and are not there for lack of room.',
      }),
      children: orCut(spans),
    },
    ['run', 'iteration', 'attempt', 'leftOut', 'spansLeftOut'],
  ),
  { title: 'Span', description: "One node's part of a run." },
);

const simulation = orCut(
  describe(
    exactly({
      run: filledText,
      state: oneOf(['succeeded', 'failed', 'cancelled']),
      output: anything,
      error: orCut(orNull(failure)),
      spans: orCut(listOf(orCut(span))),
      warnings: describe(listOf(exactly({ pointer: text, message: filledText })), {
        description:
          'What the check of a workflow in the body warns of, with the JSON Pointer (RFC 6901) of the place in the body.',
      }),
    }),
    { title: 'Simulation' },
  ),
);

/** Runs an operation, or a workflow as it would run there, with a given input. */
export const simulationRoutes = (control: Control, check: CheckContext): Route[] => [
  {
    method: 'POST',
    path: '/api/simulate',
    right: 'operate',
    audit: 'simulation.run',
    summary:
      'Runs an operation, or a workflow as it would run there, with a given input; steps act on the outside world.',
    body: { rule: request, limitBytes: documentBytes },
    answers: {
      200: jsonAnswer('The run, also one that failed.', simulation),
      403: problemAnswer('A workflow or an operation in the body takes the right edit.'),
      404: problemAnswer('There is no such active operation.'),
      502: problemAnswer('The worker process ended while the simulation was in it.'),
    },
    async handle({ body, user, res, audit }) {
      const given = body as { workflow?: Json; operation?: Json };
      const draftKey = given.operation !== undefined ? 'operation' : given.workflow !== undefined ? 'workflow' : null;
      if (given.operation !== undefined && given.workflow !== undefined)
        throw new Refusal(400, 'The body has both "workflow" and "operation"; one of them is run.', {
          field: 'workflow',
        });
      if (draftKey !== null && !user?.rights.includes('edit')) {
        // Whoever writes a workflow can have it tell what it is given, secrets too.
        throw new Refusal(
          403,
          'To run a workflow of your own takes the right "edit"; a stored operation can be run without.',
          {
            field: draftKey,
          },
        );
      }
      const warnings = checkBody(body, draft(check), 422);
      const {
        address,
        input = null,
        workflow,
        operation,
        store,
      } = body as unknown as Partial<SimulationRequest> & { address: string };
      // Steps of a simulation act on the outside world as any run does, so it leaves a trace.
      audit('info', `${draftKey === null ? 'Simulated' : 'Simulated a draft of'} ${address}`, address);
      const { status, json } = await control.simulate({
        address,
        input: input as Json,
        ...(workflow !== undefined && { workflow }),
        ...(operation !== undefined && { operation }),
        ...(store !== undefined && { store }),
      });
      res.status(status);
      res.setHeader('Content-Type', status < 400 ? 'application/json; charset=utf-8' : 'application/problem+json');
      res.end(status < 400 ? withWarnings(json, warnings) : json);
    },
  },
];

/** The answer is made, and bounded, in the worker; the workflow was checked here. */
const withWarnings = (json: string, warnings: readonly BodyFault[]): string =>
  json.startsWith('{"$cut":')
    ? json
    : `${json.slice(0, -1)},"warnings":${JSON.stringify(warnings.map(({ pointer, detail }) => ({ pointer, message: detail })))}}`;

const draft = (check: CheckContext): Rule =>
  rule({}, (value, place) => {
    const { address, workflow, operation } = value as { address: string; workflow?: unknown; operation?: unknown };
    if (workflow !== undefined) checkWorkflow(workflow, place.at('workflow'), surroundings(check, new Map()));
    const { kind } = parseAddress(address) as { kind: Exclude<ResourceKind, 'api'> };
    if (operation !== undefined) checkOperation(operation, place.at('operation'), kind, check);
  });
