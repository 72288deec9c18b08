import { lazy, Suspense } from 'react';

const ResourceFields = lazy(() => import('./resource-fields.tsx'));

/** The own fields of a server, service or client, such as `server/hello`; loaded with the first one that is shown. */
export const ResourceInspector = ({ name }: { name: string }) => (
  <Suspense fallback={<p className="note resource-inspector">Loading the fields…</p>}>
    <ResourceFields name={name} />
  </Suspense>
);
