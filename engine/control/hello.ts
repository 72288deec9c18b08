import net from 'node:net';
import type { Server } from '../document/types.ts';

/** The example that a first start creates: a server that says hello, with its log switched on. */
export const helloExample = (port: number): Server => ({
  schema: 1,
  id: 'hello',
  type: 'http',
  title: 'Hello',
  description: 'Answers GET /hello?name=World. Made on the first start; change it or delete it.',
  active: true,
  port,
  host: '127.0.0.1',
  log: false,
  capture: false,
  operations: [
    {
      id: 'get-hello',
      method: 'GET',
      path: '/hello',
      title: 'Say hello',
      log: true,
      capture: true,
      workflow: {
        actions: [
          {
            id: 'greet',
            action: 'string/join',
            title: 'Greet',
            log: false,
            input: { array: ['Hello', { $ref: ['request', 'query', 'name'] }], delimiter: ' ' },
            output: ['variables', 'output'],
          },
        ],
        output: { status: 200, headers: {}, body: { message: { $ref: ['variables', 'output'] } } },
      },
      simulations: [{ id: 'default', input: { query: { name: 'World' } } }],
    },
  ],
});

/** The first port from `from` on that nothing listens on; `from` itself when none of the next hundred is free. */
export async function freePort(from: number, offset: number): Promise<number> {
  for (let port = from; port < from + 100; port++) if (await isFree(port + offset)) return port;
  return from;
}

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = net.createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
