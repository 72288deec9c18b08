import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import forge from 'node-forge';

/** A certificate and its key, as PEM. */
export interface Issued {
  readonly cert: string;
  readonly key: string;
}

const makeKeys = () => {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  return {
    publicKey: forge.pki.publicKeyFromPem(publicKey),
    privateKey: forge.pki.privateKeyFromPem(privateKey),
    pem: privateKey,
  };
};

/** A certificate authority that nobody knows, which signs for any name. */
export const makeAuthority = (): { ca: string; issue(...names: string[]): Issued } => {
  const own = makeKeys();
  const authority = [{ name: 'commonName', value: 'Test authority' }];
  let serial = 1;
  const sign = (name: string, publicKey: forge.pki.PublicKey, extensions: object[]): string => {
    const certificate = forge.pki.createCertificate();
    certificate.publicKey = publicKey as forge.pki.rsa.PublicKey;
    certificate.serialNumber = String(serial).padStart(2, '0');
    serial += 1;
    certificate.validity.notBefore = new Date(Date.now() - 86_400_000);
    certificate.validity.notAfter = new Date(Date.now() + 86_400_000);
    certificate.setSubject([{ name: 'commonName', value: name }]);
    certificate.setIssuer(authority);
    certificate.setExtensions(extensions);
    certificate.sign(own.privateKey, forge.md.sha256.create());
    return forge.pki.certificateToPem(certificate);
  };
  return {
    ca: sign('Test authority', own.publicKey, [{ name: 'basicConstraints', cA: true, critical: true }]),
    issue: (...names) => {
      const keys = makeKeys();
      const altNames = names.map((name) => ({ type: 2, value: name }));
      const cert = sign(names[0] ?? 'nobody', keys.publicKey, [{ name: 'subjectAltName', altNames }]);
      return { cert, key: keys.pem };
    },
  };
};

export const encryptKey = (key: string, passphrase: string): string =>
  createPrivateKey(key).export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase }) as string;
