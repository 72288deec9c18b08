import { Bag } from '../../../run/scopes.ts';
import { add } from '../query.ts';
import { Refusal } from '../refusal.ts';

const mostParts = 100;
const sliceBytes = 16 * 1024;

/** A file of a multipart form. */
interface UploadedFile {
  /** Without folders. */
  filename: string;
  /** Media type as the client says. */
  type: string;
  /** Bytes. */
  size: number;
  data: Buffer;
}

/**
 * Parses multipart/form-data (RFC 7578): texts and files by the name of their field, arrays where a name is repeated.
 * @throws Refusal 400 for a broken form, 413 for more than 100 parts
 */
export async function parseMultipart(bytes: Buffer, contentType: string): Promise<Bag> {
  const { Busboy } = await import('@fastify/busboy');
  const form = new Bag();
  await new Promise<void>((resolve, reject) => {
    let over = false;
    const broken = (): void => {
      over = true;
      reject(new Refusal(400, 'The body is not a complete multipart form with the boundary of its content-type.'));
    };
    const tooMany = (): void => {
      over = true;
      reject(new Refusal(413, `The form has more than ${mostParts} parts, which is the limit.`));
    };
    try {
      const limits = {
        parts: mostParts,
        fieldSize: bytes.length,
        fieldNameSize: 1024,
        headerPairs: 20,
        headerSize: 16 * 1024,
      };
      const parser = new Busboy({ headers: { 'content-type': contentType }, limits });
      parser.on('field', (name, value, nameCut) => (nameCut ? broken() : add(form, name, value)));
      parser.on('file', (name, stream, filename, _encoding, type) => {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('error', broken);
        stream.on('end', () => {
          const data = Buffer.concat(chunks);
          add(form, name, { filename: filename ?? '', type, size: data.length, data } satisfies UploadedFile);
        });
      });
      parser.on('partsLimit', tooMany).on('error', broken).on('finish', resolve);
      // In slices, so that a form with too many parts is not read any further.
      for (let at = 0; at < bytes.length && !over; at += sliceBytes) parser.write(bytes.subarray(at, at + sliceBytes));
      if (!over) parser.end();
    } catch {
      broken();
    }
  });
  return form;
}
