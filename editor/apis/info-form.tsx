import type { Api, Json } from '../../engine/document/types.ts';
import { Link } from '../app/link.tsx';
import { pathTo } from '../app/route.ts';
import { TextAreaField, TextField } from '../create/fields.tsx';
import { ListField } from '../create/list-field.tsx';
import { useResources } from '../drafts/use-drafts.ts';
import type { ApiEdits } from './api-edits.ts';
import { getIn, isJsonObject } from './set-in.ts';

const textAt = (value: Json | undefined): string => (typeof value === 'string' ? value : '');

/** What an API is, and which servers implement it. */
export function InfoForm({ api, edits }: { api: Api; edits: ApiEdits }) {
  const { openapi, title, description } = api;
  const info = (key: string) => textAt(getIn(openapi, ['info', key]));
  const servers = useResources('server').filter((server) => server.api === api.id);
  const addresses = getIn(openapi, ['servers']);
  const list = Array.isArray(addresses) ? addresses : [];
  const tags = getIn(openapi, ['tags']);
  return (
    <section className="form" aria-label="About">
      <div className="form-pair">
        <TextField label="Title" value={title ?? ''} onChange={(text) => edits.setOwn('title', text)} />
        <TextField
          label="Version"
          value={info('version')}
          isMono
          onChange={(text) => edits.set(['info', 'version'], text)}
        />
      </div>
      <TextField
        label="Title in the document"
        value={info('title')}
        help="What the OpenAPI document calls itself."
        onChange={(text) => edits.set(['info', 'title'], text)}
      />
      <TextAreaField
        label="Description"
        value={info('description')}
        rows={4}
        onChange={(text) => edits.set(['info', 'description'], text === '' ? undefined : text)}
      />
      <TextAreaField
        label="Note"
        value={description ?? ''}
        help="For those who edit the project; it is not part of the OpenAPI document."
        onChange={(text) => edits.setOwn('description', text)}
      />
      <ListField
        label="Server addresses"
        value={list.map((server) => (isJsonObject(server) ? textAt(server.url) : '')).filter((url) => url !== '')}
        help="One a line, for those who call it. They do not decide where a server listens."
        onChange={(urls) =>
          edits.set(
            ['servers'],
            urls.length === 0
              ? undefined
              : urls.map((url) => list.find((server) => isJsonObject(server) && server.url === url) ?? { url }),
          )
        }
      />
      <ListField
        label="Tags"
        value={(Array.isArray(tags) ? tags : []).map((tag) => (isJsonObject(tag) ? textAt(tag.name) : ''))}
        help="One a line, in the order in which documentation shows them."
        onChange={(names) =>
          edits.set(
            ['tags'],
            names.length === 0
              ? undefined
              : names.map(
                  (name) =>
                    (Array.isArray(tags) ? tags : []).find((tag) => isJsonObject(tag) && tag.name === name) ?? { name },
                ),
          )
        }
      />
      <div className="form-section">
        <h3>Servers that use it</h3>
        {servers.length === 0 ? (
          <p className="note">None. A server is linked to an API in its Inspector, or when it is made.</p>
        ) : (
          <ul className="operation-links">
            {servers.map((server) => (
              <li key={server.id} className="row">
                <Link href={pathTo('server', server.id)}>{server.title || server.id}</Link>
                <span className="mono t3">{server.id}</span>
              </li>
            ))}
          </ul>
        )}
      </div>
    </section>
  );
}
