/** Published actions that this library does not have, and why. */
export const leftOut: { readonly [reason: string]: readonly string[] } = {
  'They need clients, whose connections outlive a run; those come with the kinds of clients.': [
    ...['client/start', 'client/start-all', 'client/stop', 'client/stop-all'],
    ...['database/delete', 'database/insert', 'database/process-database-result', 'database/query', 'database/select'],
    ...['database/update', 'kafka/publish', 'mqtt/get-subscriptions', 'mqtt/publish', 'redis/command'],
    ...['ldap/add', 'ldap/add-attribute', 'ldap/bind', 'ldap/delete', 'ldap/delete-attribute', 'ldap/modify'],
    ...['ldap/search', 'services/aws/operation'],
  ],
  'Of older releases: they open a connection themselves, which clients will do.': [
    ...['communication/radius-simple', 'communication/smpp-send', 'communication/smtp-send', 'communication/snmp-get'],
    ...[
      'communication/ssh-command',
      'communication/tcp-receive',
      'communication/tcp-respond',
      'communication/tcp-send',
    ],
    ...['communication/udp-send', 'connection/amqp-publish', 'connection/kafka-fetch', 'connection/mqtt-subscribe'],
    ...['connection/mqtt-unsubscribe', 'connection/tcp-send', 'database/mariadb', 'database/ms-sql', 'database/odbc'],
    ...['database/oracle', 'database/postgres', 'server/tcp-send', 'server/tcp-send-all', 'server/websocket-send'],
    'server/websocket-send-all',
  ],
  'Of older releases: they build SQL by putting values into it, which invites injection; queries take parameters.': [
    ...['database/create-insert-sql-from-object', 'database/create-update-sql-from-object'],
    'database/create-upsert-sql-from-object',
  ],
  'Of older releases: they belong to a model of flows and connectors that is no more; services, scope/break and answers take their place.':
    [
      'flow/call',
      'flow/check-connector-update',
      'flow/return',
      'http/respond',
      'config/get-id',
      'config/get-resources',
    ],
  'Of older releases: they copy and read variables, which references do.': ['data/copy', 'data/get-variable'],
  'Of older releases: they need packet schemas, a kind of resource that is no more.': [
    ...['data/get-schema-object', 'data/parse', 'data/serialize'],
  ],
  'Of older releases: there are no licences here, and commands are texts already.': [
    ...['system/license-get', 'system/license-set', 'system/os-command-encoded'],
  ],
};
