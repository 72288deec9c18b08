import { parseAddress } from '../../document/address.ts';
import type { CheckContext } from '../../document/check-context.ts';
import { checkWorkflow, surroundings } from '../../document/check-workflow.ts';
import { anything, type Rule, shape } from '../../document/shape.ts';
import type { Json } from '../../document/types.ts';
import type { SimulationRequest } from '../../wire/messages.ts';
import type { Control } from '../control.ts';
import { checkBody } from './body.ts';
import type { Route } from './route.ts';

/** Runs an operation, or a workflow as it would run there, with a given input. */
export const simulationRoutes = (control: Control, check: CheckContext): Route[] => [
  {
    method: 'POST',
    path: '/api/simulate',
    right: 'operate',
    audit: 'simulation.run',
    body: 'json',
    async handle({ body, res, audit }) {
      checkBody(body, request);
      checkBody(body, draft(check), 422);
      const { address, input = null, workflow } = body as unknown as Partial<SimulationRequest> & { address: string };
      // Steps of a simulation act on the outside world as any run does, so it leaves a trace.
      audit('info', `${workflow === undefined ? 'Simulated' : 'Simulated a draft of'} ${address}`, address);
      const { status, json } = await control.simulate({
        address,
        input: input as Json,
        ...(workflow !== undefined && { workflow }),
      });
      res.status(status);
      res.setHeader('Content-Type', status < 400 ? 'application/json; charset=utf-8' : 'application/problem+json');
      res.end(json);
    },
  },
];

const operationAddress: Rule = (value, place) => {
  const address = typeof value === 'string' ? parseAddress(value) : undefined;
  if (address?.operation !== undefined && address.action === undefined) return;
  place.expected('the address of an operation, such as "server/hello/get-hello"', value);
};

const request = shape({ address: operationAddress, input: anything, workflow: anything }, ['address']);

const draft =
  (check: CheckContext): Rule =>
  (value, place) => {
    const { workflow } = value as { workflow?: unknown };
    if (workflow !== undefined) checkWorkflow(workflow, place.at('workflow'), surroundings(check, new Map()));
  };
