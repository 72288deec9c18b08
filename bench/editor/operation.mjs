// The operation that is drawn: 50 containers of three kinds, each with 19 actions, which makes 1,000.
const template = (text) => ({ $template: text });
const reference = (...path) => ({ $ref: path });
const steps = (actions) => ({ $do: { actions } });

/** What stands in the containers, in turn: fields that are written out, refer to something, or are computed. */
const kinds = [
  (id) => ({
    id,
    action: 'variable/set',
    title: `Greeting ${id}`,
    input: { value: template('Hello {{request.query.name}}') },
  }),
  (id) => ({ id, action: 'variable/set', input: { value: { $jsonata: '$sum(request.body.lines.(price * count))' } } }),
  (id) => ({
    id,
    action: 'array/take',
    title: `First of ${id}`,
    input: { array: reference('request', 'body', 'lines'), count: 3 },
  }),
  (id) => ({
    id,
    action: 'variable/set',
    input: { value: { id, tags: ['a', 'b'], of: reference('request', 'path') } },
  }),
];

const containers = [
  (id, inner) => ({ id, action: 'conditional/try', title: `Try ${id}`, input: { value: steps(inner) } }),
  (id, inner) => ({
    id,
    action: 'conditional/if',
    title: `Is ${id} wanted?`,
    input: {
      conditions: [
        { condition: reference('request', 'query', 'wanted'), value: steps(inner.slice(0, 10)) },
        { condition: true, value: steps(inner.slice(10)) },
      ],
    },
  }),
  (id, inner) => ({
    id,
    action: 'iteration/map',
    title: `Each of ${id}`,
    input: { array: reference('request', 'body', 'lines'), foreach: steps(inner), scope: 'line' },
  }),
];

const container = (_, at) => {
  const inner = Array.from({ length: 19 }, (_, step) => kinds[(at + step) % kinds.length](`c${at}s${step}`));
  return containers[at % containers.length](`c${at}`, inner);
};

/** A server document with one operation of 1,000 actions. */
export const bigServer = {
  schema: 1,
  id: 'bench',
  type: 'http',
  active: true,
  host: '127.0.0.1',
  port: 0,
  operations: [
    {
      id: 'big',
      method: 'POST',
      path: '/big',
      title: 'Big',
      workflow: { actions: Array.from({ length: 50 }, container) },
    },
  ],
};
