import { type ActionContext, type Awaitable, object, optional, type Plain, string } from '../kit/index.ts';
import { methodField } from '../support/http/method.ts';
import {
  answerFailures,
  answerFields,
  handlerFields,
  headerField,
  type Outgoing,
  prepare,
  queryField,
  settle,
  type Travel,
  travelFields,
} from '../support/http/send.ts';
import { buildUrl, joinPath } from '../support/http/url.ts';

/** The fields that requests with a form or with files have in common. */
export const formFields = {
  url: string({ label: 'URL', help: 'Absolute; {name} stands for a variable.' }),
  path: optional(string({ label: 'Path', help: 'Added to the end of the URL, before its query.' }), ''),
  'url-variables': optional(object({ label: 'URL variables', help: 'Values by placeholder name.' }), {}),
  type: optional(methodField(['post', 'put', 'patch']), 'post'),
  header: headerField,
  query: queryField,
  ...answerFields,
  ...handlerFields,
  ...travelFields,
};

export const formFailures = {
  ...answerFailures,
  'file-access': 'A file to be sent, or `save-to`, leads out of the folders that may be used.',
  'file-failed': 'A file to be sent does not exist, or the file system refused.',
};

type FormInput = Travel &
  Parameters<typeof settle>[1] & {
    readonly url: string;
    readonly path: string;
    readonly 'url-variables': Plain;
    readonly query: Plain;
    readonly header: Plain;
    readonly type: string;
    readonly 'save-to'?: string;
    readonly 'decode-body'?: boolean;
  };

/** Sends a body whose content type is given, whatever the headers of the workflow say. */
export const sendForm = async (
  input: FormInput,
  build: () => Awaitable<{ type: string; body: string | Uint8Array }>,
  context: ActionContext,
): Promise<unknown> => {
  const url = buildUrl(joinPath(input.url, input.path), input['url-variables'], input.query);
  const { type, body } = await build();
  const named = Object.entries(input.header).filter(([name]) => name.toLowerCase() !== 'content-type');
  const outgoing: Outgoing = {
    method: input.type,
    url,
    header: Object.fromEntries([...named, ['content-type', type]]),
    body,
    saveTo: input['save-to'],
    decode: input['decode-body'],
  };
  return settle(prepare(outgoing, input, context), input, context.signal);
};
