/** The project that examples of these actions and of server actions find: one small document of each kind. */
export const shop = {
  schema: 1,
  id: 'shop',
  title: 'Shop',
  openapi: {
    openapi: '3.1.0',
    info: { title: 'Shop', version: '1.0.0' },
    paths: {
      '/orders/{id}': { get: { operationId: 'get-order', responses: { 200: { description: 'The order.' } } } },
    },
  },
};

export const web = {
  schema: 1,
  id: 'web',
  type: 'http',
  title: 'Web shop',
  active: true,
  port: 8080,
  host: '127.0.0.1',
  api: 'shop',
  operations: [{ id: 'get-order', method: 'GET', path: '/orders/{id}', workflow: { actions: [] } }],
};

export const tools = {
  schema: 1,
  id: 'tools',
  title: 'Tools',
  active: true,
  operations: [
    {
      id: 'echo',
      input: { type: 'object', properties: { a: { type: 'integer' } }, required: ['a'] },
      output: {},
      workflow: { actions: [], output: { $ref: ['input'] } },
    },
  ],
};

export const post = {
  schema: 1,
  id: 'post',
  type: 'smtp',
  title: 'Post',
  settings: { host: 'mail.example', password: { $secret: 'post' } },
};
