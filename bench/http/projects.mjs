// The workflows that are measured.
const server = (id, path, workflow) => ({
  schema: 1,
  id,
  type: 'http',
  title: id,
  active: true,
  host: '127.0.0.1',
  operations: [{ id: `get-${id}`, method: 'GET', path, workflow }],
});

const join = (id, array, output) => ({
  id,
  action: 'string/join',
  input: { array, delimiter: ' ' },
  output: ['variables', output],
});
const query = { $ref: ['request', 'query', 'name'] };

export const helloServer = server('hello', '/hello', {
  actions: [join('greet', ['Hello', query], 'output')],
  output: { status: 200, headers: {}, body: { message: { $ref: ['variables', 'output'] } } },
});

const steps = Array.from({ length: 10 }, (_, i) =>
  join(`step-${i + 1}`, [`${i + 1}`, i === 0 ? query : { $ref: ['variables', `part${i}`] }], `part${i + 1}`),
);
export const chainServer = server('chain', '/chain', {
  actions: steps,
  output: { status: 200, headers: {}, body: { message: { $ref: ['variables', 'part10'] } } },
});
