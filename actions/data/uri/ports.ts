/** Ports that need not be written. */
export const defaultPorts: ReadonlyMap<string, number> = new Map([
  ['ftp', 21],
  ['sftp', 22],
  ['ssh', 22],
  ['tftp', 69],
  ['http', 80],
  ['ws', 80],
  ['ldap', 389],
  ['https', 443],
  ['wss', 443],
  ['ldaps', 636],
]);
