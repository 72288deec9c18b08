import { defineAction, optional, string } from '../kit/index.ts';
import { checkLength, common, failures, send, transport } from './fields.ts';
import { formatRfc3164 } from './message.ts';

export default defineAction({
  id: 'syslog/syslog-udp-rfc3164',
  title: 'Syslog over UDP (RFC 3164)',
  summary: 'Sends a message to a syslog server in the older BSD form.',
  documentation: `
The form is \`<13>Nov 5 09:07:02 origin process: message\`: the time is local time without year and zone. \`origin\`
names the sender; characters that may not stand in it, or in the process name, become \`_\`, and the process name is cut
at 32 characters. The message is sent as UTF-8; line breaks and other control characters in it become spaces, so that it
stays one entry. Receivers that keep to RFC 3164 to the letter take 1,024 bytes of ASCII only. ${transport}`,
  fields: { ...common, origin: optional(string({ label: 'Origin', help: 'Host name of the sender.' }), 'localhost') },
  output: { const: 'ok' },
  failures,
  examples: [
    {
      given: {
        hostname: 'logs.example',
        port: 514,
        process_name: 'orders',
        message: 'Order 7 was paid.',
        facility: 'local0',
        severity: 'notice',
      },
      gives: 'ok',
    },
    { given: { hostname: 'logs.example', process_name: 'orders', message: '' }, gives: 'ok' },
    {
      given: { hostname: 'logs.example', process_name: 'orders', message: '語'.repeat(2800) },
      fails: 'too-large',
      note: 'A character beyond Latin takes three bytes.',
    },
    { given: { hostname: 'closed.example', process_name: 'orders', message: 'Lost.' }, fails: 'request-failed' },
    { given: { hostname: 'inside.example', process_name: 'orders', message: 'Secret.' }, fails: 'request-forbidden' },
    {
      given: { hostname: 'logs.example', process_name: 'orders', message: 'x', severity: 'loud' },
      fails: 'input-invalid',
    },
  ],
  run: async (input, context) => {
    const { facility, severity, origin, process_name: application, message: text } = input;
    checkLength(text.length);
    const time = context.host.now();
    return send(input, formatRfc3164({ facility, severity, time, hostname: origin, application, text }), context);
  },
});
