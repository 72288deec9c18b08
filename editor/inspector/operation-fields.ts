import { methods } from '../../engine/document/route.ts';
import type { Operation } from '../../engine/document/types.ts';
import type { FieldSchema } from '../forms/field-schema.ts';

const text = (title: string, description?: string): FieldSchema => ({
  type: 'string',
  title,
  ...(description !== undefined && { description }),
});
const own = {
  http: {
    method: { type: 'string', enum: methods, title: 'Method' },
    path: text('Path', 'Begins with a slash; {name} stands for a parameter, as in /items/{id}.'),
  },
  schedule: { cron: text('Cron', 'Minute, hour, day of the month, month, day of the week, as in 0 2 * * *.') },
  client: { topic: text('Topic', 'Messages of this topic start the operation.') },
  // What they take and give back are schemas, which have an editor of their own.
  service: {},
} satisfies Record<string, Record<string, FieldSchema>>;

const shared: Record<string, FieldSchema> = {
  active: {
    type: 'boolean',
    default: true,
    title: 'Active',
    description: 'Nothing starts an operation that is not active.',
  },
  timeoutMs: {
    type: 'integer',
    minimum: 1,
    maximum: 2_147_483_647,
    title: 'Timeout',
    description: 'Milliseconds that a run may take. Left out, the limit of the settings.',
  },
  security: { title: 'Security', description: 'As OpenAPI has it. It is kept, and not enforced yet.' },
};

/** The fields of an operation by what starts it, and those that are needed. */
export function operationFields(operation: Operation): {
  properties: Record<string, FieldSchema>;
  required: readonly string[];
} {
  const kind =
    'method' in operation ? 'http' : 'cron' in operation ? 'schedule' : 'topic' in operation ? 'client' : 'service';
  return {
    properties: { ...own[kind], ...shared },
    required: kind === 'service' ? [] : Object.keys(own[kind]),
  };
}
