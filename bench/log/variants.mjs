// What is measured: each variant is an engine of its own, compared with the one that does the same work and logs nothing.
import { chainServer, helloServer } from '../http/projects.mjs';

const withOperation = (server, change) => ({
  ...server,
  operations: server.operations.map((operation) => change(operation)),
});
const logged = (server) => withOperation(server, (operation) => ({ ...operation, log: true }));
const allLogged = (server) =>
  withOperation(server, (operation) => ({
    ...operation,
    log: true,
    workflow: {
      ...operation.workflow,
      actions: operation.workflow.actions.map((action) => ({ ...action, log: true })),
    },
  }));

/** About 300 bytes of JSON. */
const body = Object.fromEntries(Array.from({ length: 9 }, (_, i) => [`field-${i}`, `value ${i} of nine values`]));
const echo = { status: 200, headers: {}, body: { $ref: ['request', 'body'] } };
const valuesServer = withOperation({ ...helloServer, id: 'values' }, (operation) => ({
  ...operation,
  id: 'post-values',
  method: 'POST',
  path: '/values',
  workflow: { ...operation.workflow, output: echo },
}));
const post = `wrk.method = 'POST'
wrk.headers['content-type'] = 'application/json'
wrk.body = '${JSON.stringify(body)}'
`;

const hello = { server: helloServer, path: '/hello?name=x' };
const values = { server: valuesServer, path: '/values', script: post, body: JSON.stringify(body) };
/** An action that no library has fails when it is reached. */
const failing = {
  id: 'get-failing',
  method: 'GET',
  path: '/failing',
  workflow: { actions: [{ id: 'fail', action: 'bench/none' }] },
};
const chain = {
  server: { ...chainServer, operations: [...chainServer.operations, failing] },
  path: '/chain?name=x',
};

/** Everything off; a variant adds what it measures. */
const off = { usage: false, captureErrors: false, captureAll: false };

/**
 * `captures` are the runs that one request stores, `stores` is a path whose run must be stored although none of the others is.
 * `records` are the lines that one request writes, by file. `ratio` is the goal for requests/s over those of `base`,
 * `perSecond` that for records on disk.
 */
export const variants = [
  { name: 'hello off', ...hello, logs: off, records: {} },
  {
    name: 'hello usage',
    base: 'hello off',
    what: 'a usage record',
    ...hello,
    logs: { ...off, usage: true },
    records: { usage: 1 },
    ratio: 0.75,
  },
  {
    name: 'hello operation',
    base: 'hello off',
    what: 'operation switch: begin, end, usage',
    ...hello,
    server: logged(helloServer),
    logs: { ...off, usage: true },
    records: { usage: 1, user: 2 },
    ratio: 0.55,
  },
  { name: 'values off', ...values, logs: off, records: {} },
  {
    name: 'values operation',
    base: 'values off',
    what: 'the same, 300 bytes in and out',
    ...values,
    server: logged(valuesServer),
    logs: { ...off, usage: true },
    records: { usage: 1, user: 2 },
    ratio: 0.35,
  },
  { name: 'chain off', ...chain, logs: off, records: {} },
  {
    name: 'chain actions',
    base: 'chain off',
    what: 'all ten actions: 23 records',
    ...chain,
    server: allLogged(chain.server),
    logs: { ...off, usage: true },
    records: { usage: 1, user: 22 },
    perSecond: 250_000,
  },
  {
    name: 'chain recorder',
    base: 'chain off',
    what: 'flight recorder',
    ...chain,
    logs: { ...off, captureErrors: true },
    records: {},
    stores: '/failing',
    ratio: 0.7,
  },
  {
    name: 'chain captured',
    base: 'chain off',
    what: 'every run captured',
    ...chain,
    logs: { ...off, captureErrors: true, captureAll: true },
    records: {},
    captures: 1,
    ratio: 0.3,
  },
];
