import { execFileSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { appendFileSync, chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { testCertificate } from './http/certificate-for-test.ts';
import { readTls } from './tls.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'sluice-tls-'));
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

const { cert, key } = testCertificate;
const sources = {
  dataDir,
  secret: (name: string) =>
    new Map([
      ['key', key],
      ['word', 'no PEM at all'],
    ] as const).get(name as 'key'),
};
const put = (name: string, content: string | Uint8Array): string => {
  writeFileSync(join(dataDir, name), content);
  return name;
};
const refusal = (tls: Parameters<typeof readTls>[0]): Promise<string> =>
  readTls(tls, sources).then(
    () => 'read',
    (thrown: Error) => thrown.message,
  );

describe('TLS of a server', () => {
  it('takes text, secrets, and files by relative or absolute path or through links', async () => {
    const [certFile, keyFile] = [put('cert.pem', cert), put('key.pem', key)];
    symlinkSync(join(dataDir, certFile), join(dataDir, 'link.pem'));
    expect(await readTls({ cert, key: { $secret: 'key' } }, sources)).toEqual({ cert, key });
    expect(await readTls({ cert: certFile, key: join(dataDir, keyFile) }, sources)).toEqual({ cert, key });
    expect(await readTls({ cert: 'link.pem', key }, sources)).toEqual({ cert, key });
  });

  it('says the same of every file that is not one with a key, and waits for none', async () => {
    mkdirSync(join(dataDir, 'folder'));
    execFileSync('mkfifo', [join(dataDir, 'pipe')]);
    put('unreadable.pem', key);
    chmodSync(join(dataDir, 'unreadable.pem'), 0);
    put('huge.pem', key);
    appendFileSync(join(dataDir, 'huge.pem'), '\n'.repeat(1024 * 1024));
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const locked = privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'word' });
    const files = [
      'missing.pem',
      'folder',
      'pipe',
      'folder/../pipe',
      put('empty.pem', ''),
      put('bytes.pem', new Uint8Array(1000).fill(255)),
      put('certificate.pem', cert),
      put('locked.pem', String(locked)),
      'huge.pem',
      'a\0b',
      'x'.repeat(50_000),
      '/dev/ptmx',
      '/dev/zero',
      '/dev/null',
      '/proc/self/environ',
      '/etc/passwd',
      // Whoever may read everything may read this one too.
      ...(process.getuid?.() === 0 ? [] : ['unreadable.pem']),
    ];
    for (const file of files) {
      const message = await refusal({ cert, key: file });
      const name = file.length > 60 ? '' : ` ${JSON.stringify(file)}`;
      expect(message).toBe(
        `The TLS key${name} is no PEM file that can be read. ` +
          'Name a regular file of at most 1 MiB with a private key without passphrase.',
      );
    }
  });

  it('tells a secret that is missing from one that is no PEM, and shows neither', async () => {
    expect(await refusal({ cert, key: { $secret: 'none' } })).toBe(
      'The TLS key is the secret "none", and no secret of that name is stored. Store it first.',
    );
    expect(await refusal({ cert, key: { $secret: 'word' } })).toBe(
      'The TLS key, the secret "word", is no PEM text of a private key without passphrase.',
    );
    expect(await refusal({ cert: cert.replace(/M/g, '!'), key })).toBe(
      'The TLS certificate is no PEM text of a certificate that can be read.',
    );
    expect(await refusal({ cert, key: key.split('\n').slice(1, -2).join('\n') })).not.toContain('MIG');
  });

  it('says when certificate and key do not belong together', async () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const other = String(privateKey.export({ type: 'pkcs8', format: 'pem' }));
    expect(await refusal({ cert, key: other })).toMatch(
      /cannot be used together: .*mismatch\. Give a pair that fits\.$/,
    );
  });
});
