import net from 'node:net';

/** Milliseconds that a process may take to say who it is; one that is stopped or busy takes longer and lives all the same. */
const answerMs = 1_000;
/** Characters of what is said that are listened to. */
const mostSaid = 4_096;

/** What a socket tells of the process that listens on it. */
export interface Heard {
  /** `dead`: nobody listens. `ending`: somebody did a moment ago. */
  state: 'alive' | 'ending' | 'dead';
  /** Empty when it said nothing in time. */
  said: string;
}

/**
 * Listens with a socket that says `greeting` to whoever connects. It does not keep the process running, and the system closes
 * it when the process ends, even by kill -9.
 * Throws the system's error.
 */
export function listen(address: string, greeting: string): Promise<net.Server> {
  const server = net.createServer((connection) => {
    connection.on('error', () => {});
    connection.end(greeting, () => connection.destroy());
  });
  return new Promise((resolved, reject) => {
    server.once('error', reject);
    server.listen(address, () => {
      server.unref();
      // From now on: a connection that cannot be accepted, as without descriptors. It waits or is told nothing.
      server.off('error', reject).on('error', () => {});
      resolved(server);
    });
  });
}

export const stopListening = (server: net.Server): Promise<void> =>
  new Promise((resolved) => server.close(() => resolved()));

const nobody = new Set(['ECONNREFUSED', 'ENOENT', 'ENOTSOCK']);

/** Asks who listens on a socket. Throws the system's error when that cannot be told, as without the right to connect. */
export const ask = (address: string): Promise<Heard> =>
  new Promise((resolved, reject) => {
    let isConnected = false;
    let said = '';
    const connection = net.connect(address);
    const settle = (state: Heard['state']) => {
      clearTimeout(timer);
      connection.destroy();
      resolved({ state, said });
    };
    const timer = setTimeout(() => settle('alive'), answerMs);
    connection.setEncoding('utf8');
    connection.on('connect', () => {
      isConnected = true;
    });
    connection.on('data', (text: string) => {
      said += text;
      if (said.includes('\n') || said.length > mostSaid) settle('alive');
    });
    connection.on('end', () => settle('ending'));
    connection.on('error', (error: NodeJS.ErrnoException) => {
      if (isConnected || error.code === 'ECONNRESET' || error.code === 'EPIPE') settle('ending');
      else if (nobody.has(error.code ?? '')) settle('dead');
      // So many wait to be let in that there is no more room: it listens, but is stopped or busy.
      else if (error.code === 'EAGAIN') settle('alive');
      else {
        clearTimeout(timer);
        reject(error);
      }
    });
  });
