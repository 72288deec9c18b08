import { ActionFailure, type HostTls, optional, type Plain, string } from '../../kit/index.ts';
import { part, readPart } from './part.ts';

const members = {
  certificate: optional(string({ label: 'Certificate', help: 'PEM, with the chain up to the authority.' })),
  key: optional(string({ label: 'Private key', help: 'PEM; best a secret.' })),
  passphrase: optional(string({ label: 'Passphrase', help: 'Of the private key.' })),
  ca: optional(string({ label: 'Authorities', help: 'PEM; trusted besides the usual ones.' })),
  'server-name': optional(string({ label: 'Server name', help: 'What the certificate must be for, if not the host.' })),
};

export const tlsField = part(members, { label: 'TLS', help: 'A certificate to show, and whom to trust.' });

export const readTls = (given: Plain): HostTls => {
  const { 'server-name': serverName, ...texts } = readPart('tls', members, given);
  if ((texts.certificate === undefined) !== (texts.key === undefined))
    throw new ActionFailure('input-invalid', '`tls` needs `certificate` and `key` together');
  const named = Object.entries({ ...texts, serverName }).filter(([, text]) => text !== undefined);
  return Object.fromEntries(named) as HostTls;
};
