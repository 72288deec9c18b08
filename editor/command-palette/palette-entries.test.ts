import { describe, expect, it } from 'vitest';
import type { LiveSnapshot } from '../state/live-project.ts';
import { projectEntries, search } from './palette-entries.ts';

const project = {
  servers: [
    {
      id: 'web',
      type: 'http',
      title: 'Web shop',
      port: 8080,
      operations: [
        {
          id: 'post-order',
          method: 'POST',
          path: '/orders',
          workflow: {
            actions: [
              {
                id: 'each',
                action: 'iteration/map',
                input: {
                  value: { $do: { actions: [{ id: 'stock', title: 'Reserve stock', action: 'http/request' }] } },
                },
              },
            ],
          },
        },
      ],
    },
  ],
  services: [{ id: 'tools', operations: [] }],
  clients: [],
} as unknown as LiveSnapshot;

const labels = (text: string) => search(projectEntries(project), text, 20).map(({ id }) => id);

describe('the command palette', () => {
  it('has every server, service, operation and node, nested ones too', () => {
    expect(labels('')).toEqual([
      'server/web',
      'server/web/post-order',
      'server/web/post-order/each',
      'server/web/post-order/stock',
      'service/tools',
    ]);
  });

  it.each([
    ['shop', ['server/web']],
    ['8080', ['server/web']],
    ['post /orders', ['server/web/post-order']],
    ['http/request', ['server/web/post-order/stock']],
    // What is in the label comes before what is in the address.
    ['stock', ['server/web/post-order/stock']],
    ['web', ['server/web', 'server/web/post-order', 'server/web/post-order/each', 'server/web/post-order/stock']],
    ['nothing', []],
    ['res sto', ['server/web/post-order/stock']],
  ])('finds for %j', (text, ids) => expect(labels(text)).toEqual(ids));

  it('leads to the node', () => {
    expect(projectEntries(project).find(({ label }) => label === 'Reserve stock')?.path).toBe(
      '/servers/web/post-order?node=stock',
    );
  });

  it('gives no more than asked for', () => expect(search(projectEntries(project), 'e', 2)).toHaveLength(2));
});
