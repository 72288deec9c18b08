import { useState } from 'react';
import type { Api } from '../../engine/document/types.ts';
import { EditGuard } from '../app/edit-guard.tsx';
import type { ApiEdits } from './api-edits.ts';
import { InfoForm } from './info-form.tsx';
import { OperationForm } from './operation-form.tsx';
import { PathForm } from './path-form.tsx';
import { type Chosen, PathTree } from './path-tree.tsx';
import { SchemaForm } from './schema-form.tsx';
import { getIn } from './set-in.ts';

/** An API as a tree of what it describes, and a form for what is chosen in it. */
export function ApiForm({ api, edits }: { api: Api; edits: ApiEdits }) {
  const [wanted, choose] = useState<Chosen>({ part: 'info' });
  // What was chosen may have gone, by undo or in another tab.
  const chosen = isThere(api, wanted) ? wanted : ({ part: 'info' } as const);
  return (
    <div className="api-form">
      <PathTree api={api} edits={edits} chosen={chosen} onChoose={choose} />
      <div className="api-part">
        <EditGuard>
          {chosen.part === 'info' && <InfoForm api={api} edits={edits} />}
          {chosen.part === 'path' && (
            <PathForm key={chosen.key} api={api} edits={edits} path={chosen.path} onChoose={choose} />
          )}
          {chosen.part === 'method' && (
            <OperationForm
              key={`${chosen.method} ${chosen.path}`}
              openapi={api.openapi}
              edits={edits}
              path={chosen.path}
              method={chosen.method}
              onRemoved={() => choose({ part: 'path', path: chosen.path, key: chosen.path })}
            />
          )}
          {chosen.part === 'schema' && (
            <SchemaForm key={chosen.name} openapi={api.openapi} edits={edits} name={chosen.name} onChoose={choose} />
          )}
        </EditGuard>
      </div>
    </div>
  );
}

function isThere({ openapi }: Api, chosen: Chosen): boolean {
  switch (chosen.part) {
    case 'info':
      return true;
    case 'path':
      return getIn(openapi, ['paths', chosen.path]) !== undefined;
    case 'method':
      return getIn(openapi, ['paths', chosen.path, chosen.method]) !== undefined;
    case 'schema':
      return getIn(openapi, ['components', 'schemas', chosen.name]) !== undefined;
  }
}
