import type { HttpOperation, Server } from '../../engine/document/types.ts';
import type { NodeCommand } from './command.ts';
import { copyText } from './copy-text.ts';
import { curlOf } from './curl.ts';
import { documentOf } from './document-of.ts';

/** Puts a line on the clipboard that calls an operation over HTTP. */
export const copyAsCurl: NodeCommand = {
  id: 'copy-as-curl',
  icon: 'terminal',
  right: 'view',
  label: () => 'Copy as curl',
  appliesTo: ({ address }) => address.startsWith('server/'),
  whyNot({ address }, context) {
    const operation = operationOf(address, documentOf(context, address) as Server | null);
    return operation === undefined || 'method' in operation ? undefined : 'It is not called over HTTP.';
  },
  async perform({ address, title }, context) {
    const server = documentOf(context, address) as Server | null;
    const operation = operationOf(address, server);
    if (server === null || operation === undefined) throw new Error('The operation is not there any more');
    await copyText(
      curlOf(operation, baseOf(server, context.project.snapshot().nodes.get(`server/${server.id}`)?.server)),
    );
    context.say(`The curl line of ${title} is on the clipboard.`);
  },
};

const operationOf = (address: string, server: Server | null): HttpOperation | undefined =>
  (server?.operations as readonly HttpOperation[] | undefined)?.find(({ id }) => id === address.split('/')[2]);

/** Where a server listens, or would. */
function baseOf(server: Server, socket: { host: string; port: number } | undefined): string {
  const host = socket?.host ?? server.host ?? '127.0.0.1';
  const anywhere = host === '0.0.0.0' || host === '::';
  const name = anywhere ? location.hostname : host.includes(':') ? `[${host}]` : host;
  return `${server.tls === undefined ? 'http' : 'https'}://${name}:${socket?.port ?? server.port ?? 80}`;
}
