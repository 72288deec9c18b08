import { ActionFailure, defineAction, isPlainObject, reference } from '../kit/index.ts';
import { shop } from './example-project.ts';
import { idOf } from './resource.ts';

export default defineAction({
  id: 'config/get-server-api',
  title: 'Get API of a server',
  summary: 'Gives the OpenAPI description that a server or a client is linked to.',
  documentation: `
It is the description itself, what \`config/get-api\` has under \`openapi\`, as it was deployed when the run began: for a server to tell its
callers what it understands. The reference is the address of a server or client; a bare id is looked for among the servers first, then
among the clients. Whether the server runs makes no difference.`,
  fields: {
    processReference: reference('server', {
      label: 'Server or client',
      help: 'Its address: server/<id> or client/<id>.',
    }),
  },
  output: { type: 'object', properties: { openapi: { type: 'string' } }, required: ['openapi'] },
  failures: {
    'server-unknown': 'The project has no server or client of this id.',
    'api-unknown': 'The server or client is linked to no API, or to one that the project does not have.',
  },
  examples: [
    {
      given: { processReference: 'server/web' },
      gives: shop.openapi,
    },
    { given: { processReference: 'client/post' }, fails: 'api-unknown', note: 'A client for mail has none.' },
    { given: { processReference: 'server/none' }, fails: 'server-unknown' },
    { given: { processReference: '' }, fails: 'input-invalid' },
  ],
  run: ({ processReference }, { host: { project } }) => {
    const process = processReference.startsWith('client/')
      ? project.find('client', idOf('client', processReference))
      : (project.find('server', idOf('server', processReference)) ?? project.find('client', processReference));
    if (process === undefined) {
      throw new ActionFailure(
        'server-unknown',
        '`processReference` must name a server or client of this project by its address; there is none of that id',
      );
    }
    const { openapi } = (typeof process.api === 'string' && project.find('api', process.api)) || {};
    if (isPlainObject(openapi)) return openapi;
    throw new ActionFailure(
      'api-unknown',
      '`processReference` must name a server or client that is linked to an API of this project; this one is linked to none',
    );
  },
});
