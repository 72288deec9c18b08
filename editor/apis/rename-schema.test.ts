import { expect, it } from 'vitest';
import { renameSchema } from './rename-schema.ts';

it('renames a schema where it stands and wherever it is referred to, and nothing else', () => {
  const before = {
    components: {
      schemas: {
        Pet: {
          properties: { Pet: { $ref: '#/components/schemas/Pets' }, parent: { $ref: '#/components/schemas/Pet' } },
        },
        Pets: { items: { $ref: '#/components/schemas/Pet' } },
      },
    },
    paths: { '/pets': { get: { summary: '#/components/schemas/Pet', tags: ['Pet'] } } },
  };
  const after = renameSchema(before, 'Pet', 'Animal');
  expect(JSON.stringify(after)).toBe(
    JSON.stringify({
      components: {
        schemas: {
          Animal: {
            properties: { Pet: { $ref: '#/components/schemas/Pets' }, parent: { $ref: '#/components/schemas/Animal' } },
          },
          Pets: { items: { $ref: '#/components/schemas/Animal' } },
        },
      },
      paths: { '/pets': { get: { summary: '#/components/schemas/Pet', tags: ['Pet'] } } },
    }),
  );
});
