import type { Socket } from 'node:net';
import type { BodyReader } from './body/read.ts';
import { plainAddress } from './request.ts';

/** What the server knows of a connection; kept on the socket itself, where every request finds it without a lookup. */
export interface Connection extends Socket {
  /** Requests that have not been answered yet. */
  unanswered: number;
  /** IP address of the peer, which a closed socket no longer tells. */
  peer: string;
  /** The body that is being read. */
  reader: BodyReader | null;
  /** The connection takes no further request: what is pending is answered with `connection: close`. */
  last: boolean;
}

/** All open connections of a server. */
export class Connections {
  private readonly open = new Set<Connection>();

  get size(): number {
    return this.open.size;
  }

  readonly add = (socket: Socket): void => {
    const connection = Object.assign(socket, {
      unanswered: 0,
      peer: plainAddress(socket.remoteAddress) ?? '',
      reader: null,
      last: false,
    });
    this.open.add(connection);
    socket.once('close', () => this.open.delete(connection));
  };

  /** Closes those that wait for a request, after what was written to them has left. */
  closeIdle(): void {
    for (const connection of this.open) if (connection.unanswered === 0) connection.destroySoon();
  }

  closeAll(): void {
    for (const connection of this.open) connection.destroy();
  }
}
