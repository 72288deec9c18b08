import { array, defineAction, either, integer, optional, string } from '../kit/index.ts';
import { checkLength, common, failures, send, transport } from './fields.ts';
import { formatRfc5424 } from './message.ts';
import { readStructuredData } from './structured-data.ts';

const paid = { hostname: 'logs.example', process_name: 'orders', message: 'Order 7 was paid.' };

export default defineAction({
  id: 'syslog/syslog-udp-rfc5424',
  title: 'Syslog over UDP (RFC 5424)',
  summary: 'Sends a message to a syslog server in the present form.',
  keywords: ['log'],
  documentation: `
The form is \`<14>1 2030-01-31T08:00:00.000Z origin process id message-id [structured data] message\`, with the time in
UTC. What is left out is \`-\`. In the words before the structured data, characters other than printable ASCII become
\`_\`, and they are cut at the lengths of the RFC: 255, 48, 128 and 32. A message beyond ASCII is UTF-8 and begins with
a byte order mark, as the RFC demands.

Structured data is an array of \`{"element-id": "order@32473", "parameter": {"id": 7}}\`; an array of \`{"name",
"value"}\` in place of the parameters may repeat a name. Names are 1 to 32 printable ASCII characters without \`=\`,
space, \`]\` and \`"\`; an id may come once. In values, \`"\`, \`\\\\\` and \`]\` are escaped. ${transport}`,
  fields: {
    ...common,
    process_id: optional(either(string(), integer(), { label: 'Process id' }), ''),
    message_id: optional(string({ label: 'Message id', help: 'Kind of the message.' }), ''),
    structured_data: optional(
      array({ label: 'Structured data', help: 'Objects with element-id and parameter.', items: { type: 'object' } }),
      [],
    ),
    origin: optional(string({ label: 'Origin', help: 'Host name of the sender.' }), ''),
  },
  output: { const: 'ok' },
  failures,
  examples: [
    { given: paid, gives: 'ok' },
    {
      given: {
        ...paid,
        port: 5140,
        facility: 'local0',
        severity: 'notice',
        process_id: '4711',
        message_id: 'paid',
        structured_data: [{ 'element-id': 'order@32473', parameter: { id: 7, currency: 'EUR' } }],
      },
      gives: 'ok',
    },
    {
      given: { ...paid, structured_data: [{ 'element-id': 'an order', parameter: {} }] },
      fails: 'input-invalid',
      note: 'There is a space in the name.',
    },
    {
      given: { ...paid, structured_data: [{ 'element-id': 'a' }, { 'element-id': 'a' }] },
      fails: 'input-invalid',
      note: 'An id may come once.',
    },
    { given: { ...paid, message: '語'.repeat(2800) }, fails: 'too-large' },
    { given: { ...paid, hostname: 'closed.example' }, fails: 'request-failed' },
    { given: { ...paid, hostname: 'inside.example' }, fails: 'request-forbidden' },
  ],
  run: async (input, context) => {
    const { facility, severity, process_name: application, message: text } = input;
    checkLength(text.length);
    const message = {
      ...{ facility, severity, application, text, time: context.host.now(), hostname: input.origin },
      processId: String(input.process_id),
      messageId: input.message_id,
      structured: readStructuredData(input.structured_data),
    };
    return send(input, formatRfc5424(message), context);
  },
});
