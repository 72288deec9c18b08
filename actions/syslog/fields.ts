import { type ActionContext, ActionFailure, integer, oneOf, optional, string } from '../kit/index.ts';
import { facilities, severities } from './message.ts';

/** The fields that messages of both forms have. */
export const common = {
  hostname: string({ label: 'Host name', help: 'Where the message is sent: a name or an IP address.' }),
  port: optional(integer({ label: 'Port', minimum: 1, maximum: 65_535 }), 514),
  process_name: string({ label: 'Process name', help: 'Of the sender, such as the name of the application.' }),
  message: string({ label: 'Message' }),
  facility: optional(oneOf(facilities, { label: 'Facility' }), 'user'),
  severity: optional(oneOf(Object.keys(severities), { label: 'Severity' }), 'info'),
};

export const failures = {
  'request-failed': 'The name has no address, or the system did not take the message.',
  'request-forbidden': 'The settings `outgoing.*` do not allow that address.',
  'too-large': 'The whole message has more than 8,192 bytes.',
};

export const transport = `
The message is one UDP datagram (RFC 5426): "ok" tells that it was sent, not that it came; nobody answers. It may have
8,192 bytes. Facilities and severities have the names of syslog.conf, and severities the longer ones of RFC 5424 as well.`;

const mostBytes = 8192;

/** To be called before anything is made of a text. */
export const checkLength = (length: number): void => {
  if (length > mostBytes)
    throw new ActionFailure(
      'too-large',
      `\`message\` would take ${length} bytes or more with what is around it, and a message may have ${mostBytes}; cut it`,
    );
};

export const send = async (
  target: { hostname: string; port: number },
  payload: Uint8Array,
  context: ActionContext,
): Promise<'ok'> => {
  checkLength(payload.length);
  await context.host.datagram({ host: target.hostname, port: target.port }, payload);
  return 'ok';
};
