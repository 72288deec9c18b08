import { quote } from '../../document/found.ts';
import { hashJson } from '../../document/hash.ts';
import { didYouMean } from '../../document/nearest.ts';
import type { Json, Project } from '../../document/types.ts';
import type { Control } from '../control.ts';
import { Refusal } from './problem.ts';
import type { Route } from './route.ts';

/** The live documents of a kind as they are on disk: all of them in an array, or one with its ETag. */
export const resourceRoutes = (control: Control, kind: keyof Project & ('servers' | 'services')): Route[] => [
  {
    method: 'GET',
    path: `/api/${kind}`,
    right: 'view',
    audit: null,
    handle: ({ res }) => void res.json([...control.project()[kind].values()]),
  },
  {
    method: 'GET',
    path: `/api/${kind}/:id`,
    right: 'view',
    audit: null,
    handle({ req, res }) {
      const id = String(req.params.id);
      const documents = control.project()[kind];
      const document = documents.get(id);
      if (document === undefined) {
        throw new Refusal(404, `There is no ${kind.slice(0, -1)} ${quote(id)}.${didYouMean(id, documents.keys())}`);
      }
      res.set('ETag', `"${hashJson(document as unknown as Json)}"`).json(document);
    },
  },
];
