import {
  type ActionContext,
  ActionFailure,
  any,
  describeValue,
  type InputOf,
  optional,
  rows,
  string,
} from '../kit/index.ts';
import { filePath } from '../support/file-path.ts';
import { encodeJson } from '../support/json.ts';
import { toText } from '../support/text.ts';

const partFields = {
  name: string({ label: 'Name' }),
  value: optional(any({ label: 'Value', help: 'A text, binary data, or anything else as JSON.' })),
  file: optional(filePath({ label: 'File', help: 'Path below files/, in place of a value.' })),
  filename: optional(string({ label: 'File name', help: 'What the receiver is told; that of the file if left out.' })),
  'content-type': optional(string({ label: 'Content type' })),
};
export const partsField = rows(partFields, { label: 'Parts' });
type Part = InputOf<typeof partFields>;

const mostParts = 1000;
/** Bytes of all parts together. */
const mostBytes = 100_000_000;

/** As browsers do it (HTML, "multipart/form-data encoding algorithm"): a quote or a line break would end the name. */
const escapeName = (name: string): string =>
  name.replace(/["\r\n]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`);

const contentOf = async (
  part: Part,
  index: number,
  { host }: ActionContext,
): Promise<[string | undefined, Uint8Array]> => {
  const { value, file } = part;
  const where = `multipart[${index}]`;
  if (file !== undefined) {
    if (value != null)
      throw new ActionFailure('input-invalid', `\`${where}\` has both \`value\` and \`file\`; give one`);
    return ['application/octet-stream', await host.files.read(file)];
  }
  if (value instanceof Uint8Array) return ['application/octet-stream', value];
  if (value instanceof Date || typeof value !== 'object')
    return [undefined, Buffer.from(toText(value, `\`${where}.value\``))];
  return ['application/json', Buffer.from(encodeJson(value, `\`${where}.value\``))];
};

const checkContentType = (type: string, index: number): string => {
  if (/^[\x20-\x7e]+$/.test(type)) return type;
  throw new ActionFailure(
    'input-invalid',
    `\`multipart[${index}].content-type\` must be a media type such as image/png, found ${describeValue(type)}`,
  );
};

/** Parts as a body of multipart/form-data (RFC 7578), and its content type. A part with neither value nor file is left out. */
export const buildMultipart = async (
  parts: readonly Part[],
  context: ActionContext,
): Promise<{ type: string; body: Uint8Array }> => {
  if (parts.length > mostParts)
    throw new ActionFailure('too-large', `\`multipart\` has ${parts.length} parts, and at most ${mostParts} are sent`);
  const boundary = `sluice-${Buffer.from(context.host.randomBytes(16)).toString('hex')}`;
  const chunks: Uint8Array[] = [];
  let size = 0;
  const add = (chunk: Uint8Array): void => {
    size += chunk.length;
    if (size > mostBytes)
      throw new ActionFailure(
        'too-large',
        `\`multipart\` has more than ${mostBytes} bytes, which is the most that is sent`,
      );
    chunks.push(chunk);
  };
  for (const [index, part] of parts.entries()) {
    if (part.value == null && part.file === undefined) continue;
    const [usualType, content] = await contentOf(part, index, context);
    const type = part['content-type'] === undefined ? usualType : checkContentType(part['content-type'], index);
    const isFile = part.file !== undefined || part.value instanceof Uint8Array;
    const filename = part.filename ?? (isFile ? (part.file?.split('/').at(-1) ?? part.name) : undefined);
    const head = [
      `--${boundary}`,
      `content-disposition: form-data; name="${escapeName(part.name)}"${filename === undefined ? '' : `; filename="${escapeName(filename)}"`}`,
      ...(type === undefined ? [] : [`content-type: ${type}`]),
    ];
    add(Buffer.from(`${head.join('\r\n')}\r\n\r\n`));
    add(content);
    add(Buffer.from('\r\n'));
  }
  add(Buffer.from(`--${boundary}--\r\n`));
  return { type: `multipart/form-data; boundary=${boundary}`, body: Buffer.concat(chunks) };
};
