import { useState } from 'react';
import type { Api } from '../../engine/document/types.ts';
import { TextField } from '../create/fields.tsx';
import { Icon } from '../ui/icon.tsx';
import type { ApiEdits } from './api-edits.ts';
import { methodKeys, pathFault, pathsOf, withMethod } from './openapi-paths.ts';
import { ParametersForm } from './parameters-form.tsx';
import type { Chosen } from './path-tree.tsx';

/** One path: its name, its methods, and the parameters that all of them have. */
export function PathForm({
  api,
  edits,
  path,
  onChoose,
}: {
  api: Api;
  edits: ApiEdits;
  path: string;
  onChoose(chosen: Chosen): void;
}) {
  const paths = pathsOf(api.openapi);
  const there = paths.find((item) => item.path === path)?.methods ?? [];
  // A name that cannot be stays in the field until it can.
  const [typed, setTyped] = useState<string | null>(null);
  const others = paths.map((item) => item.path).filter((other) => other !== path);
  return (
    <section className="form" aria-label={path}>
      <TextField
        label="Path"
        isMono
        value={typed ?? path}
        fault={pathFault(typed ?? path, others)}
        help="{name} is a parameter."
        onChange={(text) => {
          const isFine = pathFault(text, others) === null;
          setTyped(isFine ? null : text);
          if (!isFine) return;
          edits.renamePath(path, text);
          onChoose({ part: 'path', path: text, key: path });
        }}
      />
      <div className="form-section">
        <h3>Methods</h3>
        <div className="row api-methods">
          {methodKeys.map((method) =>
            there.includes(method) ? (
              <button
                key={method}
                type="button"
                className="btn btn-s"
                onClick={() => onChoose({ part: 'method', path, method })}
              >
                <Icon name="check" size={14} />
                Open {method.toUpperCase()}
              </button>
            ) : (
              <button
                key={method}
                type="button"
                className="btn btn-s"
                onClick={() => {
                  edits.change(`Add ${method.toUpperCase()} ${path}`, (openapi) => withMethod(openapi, path, method));
                  onChoose({ part: 'method', path, method });
                }}
              >
                <Icon name="add" size={14} />
                Add {method.toUpperCase()}
              </button>
            ),
          )}
        </div>
      </div>
      <ParametersForm openapi={api.openapi} edits={edits} at={['paths', path]} missing={[]} />
      <div>
        <button
          type="button"
          className="btn"
          onClick={() => {
            edits.set(['paths', path], undefined, `Remove ${path}`);
            onChoose({ part: 'info' });
          }}
        >
          <Icon name="delete" size={14} />
          Remove Path
        </button>
      </div>
    </section>
  );
}
