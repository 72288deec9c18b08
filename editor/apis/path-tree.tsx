import { type FormEvent, useState } from 'react';
import type { Api } from '../../engine/document/types.ts';
import { useWorkspace } from '../app/workspace-context.ts';
import { Icon } from '../ui/icon.tsx';
import type { ApiEdits } from './api-edits.ts';
import { pathFault, pathsOf, withPath } from './openapi-paths.ts';
import { getIn, isJsonObject } from './set-in.ts';

/** The part of an API that the form shows. */
export type Chosen =
  | { part: 'info' }
  /** `key` stays while the path is renamed. */
  | { part: 'path'; path: string; key: string }
  | { part: 'method'; path: string; method: string }
  | { part: 'schema'; name: string };

interface PathTreeProps {
  api: Api;
  edits: ApiEdits;
  chosen: Chosen;
  onChoose(chosen: Chosen): void;
}

/** What an API describes: its paths with their methods, and its schemas. */
export function PathTree({ api, edits, chosen, onChoose }: PathTreeProps) {
  const mayEdit = useWorkspace().whyNot('edit') === undefined;
  const paths = pathsOf(api.openapi);
  const schemas = getIn(api.openapi, ['components', 'schemas']);
  return (
    <nav className="api-tree" aria-label="Parts of the API">
      <Part isChosen={chosen.part === 'info'} onChoose={() => onChoose({ part: 'info' })}>
        <Icon name="info" size={14} />
        <span>About</span>
      </Part>
      <h2 className="api-tree-head">
        Paths <span className="count">{paths.length}</span>
      </h2>
      <ul>
        {paths.map(({ path, methods }) => (
          <li key={path}>
            <Part
              isChosen={chosen.part === 'path' && chosen.path === path}
              onChoose={() => onChoose({ part: 'path', path, key: path })}
            >
              <span className="mono cut">{path}</span>
            </Part>
            <ul>
              {methods.map((method) => {
                const summary = getIn(api.openapi, ['paths', path, method, 'summary']);
                return (
                  <li key={method}>
                    <Part
                      isChosen={chosen.part === 'method' && chosen.path === path && chosen.method === method}
                      onChoose={() => onChoose({ part: 'method', path, method })}
                    >
                      <span className="verb">{method.toUpperCase()}</span>
                      <span className="vh">{` ${path} `}</span>
                      <span className="cut t2">{typeof summary === 'string' ? summary : ''}</span>
                    </Part>
                  </li>
                );
              })}
            </ul>
          </li>
        ))}
      </ul>
      {mayEdit && (
        <AddPath
          others={paths.map(({ path }) => path)}
          onAdd={(path) => {
            edits.change(`Add ${path}`, (openapi) => withPath(openapi, path, 'get'));
            onChoose({ part: 'method', path, method: 'get' });
          }}
        />
      )}
      <h2 className="api-tree-head">Schemas</h2>
      <ul>
        {Object.keys(isJsonObject(schemas) ? schemas : {}).map((name) => (
          <li key={name}>
            <Part
              isChosen={chosen.part === 'schema' && chosen.name === name}
              onChoose={() => onChoose({ part: 'schema', name })}
            >
              <span className="mono cut">{name}</span>
            </Part>
          </li>
        ))}
      </ul>
      {mayEdit && (
        <button
          type="button"
          className="btn btn-s"
          onClick={() => {
            const taken = isJsonObject(schemas) ? schemas : {};
            let name = 'Schema';
            for (let number = 2; Object.hasOwn(taken, name); number++) name = `Schema${number}`;
            edits.set(['components', 'schemas', name], { type: 'object' }, `Add ${name}`);
            onChoose({ part: 'schema', name });
          }}
        >
          <Icon name="add" size={14} />
          Add Schema
        </button>
      )}
    </nav>
  );
}

const Part = ({ isChosen, onChoose, children }: { isChosen: boolean; onChoose(): void; children: React.ReactNode }) => (
  <button type="button" className="api-tree-part row" aria-current={isChosen ? 'true' : undefined} onClick={onChoose}>
    {children}
  </button>
);

function AddPath({ others, onAdd }: { others: readonly string[]; onAdd(path: string): void }) {
  const [path, setPath] = useState('');
  const [isTried, tried] = useState(false);
  const fault = pathFault(path, others);
  const isShown = fault !== null && (isTried || path !== '');
  const add = (event: FormEvent): void => {
    event.preventDefault();
    tried(true);
    if (fault !== null) return;
    onAdd(path);
    setPath('');
    tried(false);
  };
  return (
    <form className="api-add-path" onSubmit={add} noValidate>
      <div className="row">
        <span className={`field grow${isShown ? ' bad' : ''}`}>
          <input
            className="mono"
            aria-label="New path"
            aria-invalid={isShown}
            aria-describedby="new-path-fault"
            placeholder="/items/{id}"
            value={path}
            spellCheck={false}
            onChange={(event) => setPath(event.target.value)}
          />
        </span>
        <button type="submit" className="btn btn-s">
          Add Path
        </button>
      </div>
      <p id="new-path-fault" className="form-fault" aria-live="polite">
        {isShown && fault}
      </p>
    </form>
  );
}
