import type { Api, Json } from '../../engine/document/types.ts';
import type { ResourceDraft } from '../state/resource-draft.ts';
import { renamePath } from './openapi-paths.ts';
import { isJsonObject, type JsonObject, renameKey, setIn } from './set-in.ts';

/** What can be changed about an API. Each is one step of undo; typing into one field is one step too. */
export interface ApiEdits {
  /** A field of the resource itself. */
  setOwn(key: 'title' | 'description', value: string): void;
  /** Puts a value at a place of the OpenAPI document; undefined takes it away. */
  set(path: readonly string[], value: Json | undefined, label?: string): void;
  change(label: string, change: (openapi: JsonObject) => JsonObject): void;
  renamePath(from: string, to: string): void;
  /** Renames a key of an object in its place. */
  rename(path: readonly string[], from: string, to: string): void;
  /** The whole OpenAPI document, as it was written. */
  replace(openapi: Json): void;
}

export function editsOf(draft: ResourceDraft): ApiEdits {
  const id = draft.name.slice(draft.name.indexOf('/') + 1);
  const edit = (label: string, change: (api: Api) => Api, merge?: string): void =>
    draft.edit({ label, operation: null }, (document) => change(document as Api), merge);
  const openapi = (label: string, change: (before: JsonObject) => JsonObject, merge?: string): void =>
    edit(
      label,
      (api) => {
        const after = change(api.openapi);
        return after === api.openapi ? api : { ...api, openapi: after };
      },
      merge,
    );
  return {
    setOwn: (key, value) =>
      edit(
        `Change ${key} of ${id}`,
        (api) => {
          if (value !== '') return { ...api, [key]: value };
          const { [key]: _, ...rest } = api;
          return rest as Api;
        },
        `own:${key}`,
      ),
    set: (path, value, label) =>
      openapi(
        label ?? `Change ${path.at(-1)} of ${id}`,
        (before) => setIn(before, path, value) as JsonObject,
        label === undefined ? `set:${path.join('/')}` : undefined,
      ),
    change: (label, change) => openapi(label, change),
    renamePath: (from, to) => openapi(`Rename ${from}`, (before) => renamePath(before, from, to), 'rename-path'),
    rename: (path, from, to) =>
      openapi(
        `Rename ${from}`,
        (before) => {
          const object = path.reduce<Json | undefined>((at, key) => (isJsonObject(at) ? at[key] : undefined), before);
          return isJsonObject(object) ? (setIn(before, path, renameKey(object, from, to)) as JsonObject) : before;
        },
        `rename:${path.join('/')}`,
      ),
    replace: (value) =>
      edit(`Change the source of ${id}`, (api) => ({ ...api, openapi: value as JsonObject }), 'source'),
  };
}
