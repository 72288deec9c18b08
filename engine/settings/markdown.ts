import { environmentName, type SettingKey, settingKeys, settingsTable } from './table.ts';

/** docs/settings.md, from the table of settings. */
export function settingsMarkdown(): string {
  return `# Settings

<!-- Generated from engine/settings/table.ts. To write it again: npx vitest run engine/settings -u -->

Everything an administrator may set lies in \`settings.json\`. \`sluice start --settings FILE\` names the file; without it,
\`settings.json\` in the working directory is read if it is there. Keys are nested: \`logs.level\` is
\`{"logs": {"level": "info"}}\`.

Each key also has an environment variable, and \`dataDir\`, \`host\` and \`port\` a flag: \`--data\`, \`--host\`, \`--port\`. A flag
comes before a variable, a variable before the file, the file before the default. A variable that is empty counts as
absent; lists in variables are separated by commas. An unknown key or a value that is not allowed stops the start with
one line that names it. A variable that begins with \`SLUICE_\` and is unknown is only warned of.

Sizes are bytes, or texts with k, m, g or t as powers of 1,024: \`512k\`, \`100m\`, \`2g\`. Ages are days: \`14d\`. A text may be
\`{"$secret": "name"}\`, which stands for a [stored secret](secrets.md): \`name\`, \`host\`, and in webhooks and otel a URL, a secret or
the value of a header. A secret that is not stored stops the start with one line that names it.

| key | default | allowed | meaning |
| --- | --- | --- | --- |
${settingKeys.map(row).join('\n')}

## Changing settings while Sluice runs

\`PUT /api/settings\` takes any part of the settings and writes the same file: objects merge, arrays and single values replace,
null goes back to the default. \`GET /api/settings\` answers all of them as the file would hold them; sent back unchanged, they
change nothing. A stored secret is shown as \`"•••"\`, and kept where that comes back: in a webhook by its \`id\`, in the headers
of otel by their name. What cannot be is refused with 422 and the line that a start would be refused with; then nothing is
changed. What was edited by hand since is kept, and in force from then on too.

A change is in force when it is answered, but for these keys, which need a restart: ${restartKeys()}. The
answer's header \`sluice-restart-needed\` lists those that wait for one, \`sluice-overridden\` those
that a flag or a variable overrides. \`GET /api/settings/keys\` tells of each key its value in
force, where that comes from, and what is \`pending\`; of one that a flag or a variable overrides, what the file holds
(\`stored\`).

## Environment variables

| variable | key |
| --- | --- |
${settingKeys.map((key) => `| ${environmentName(key)} | ${key} |`).join('\n')}

Four more are no settings, since they must not lie in a file: \`SLUICE_API_TOKEN\`, \`SLUICE_SECRET_KEY\`,
\`SLUICE_ADMIN_USERNAME\` and \`SLUICE_ADMIN_PASSWORD\`.

## Webhooks and OpenTelemetry

\`\`\`json
{
  "webhooks": [
    { "id": "ops", "url": "https://ops.example.com/hook", "events": ["run.failed"], "filter": "server:hello",
      "secret": { "$secret": "ops-webhook" }, "active": true }
  ],
  "otel": {
    "endpoint": "https://collector.example.com:4318", "protocol": "http/json", "headers": {},
    "traces": true, "logs": true, "metrics": true,
    "types": ["http", "service", "schedule", "client"], "sample": 1
  }
}
\`\`\`

A webhook must have \`id\`, \`url\`, \`events\` and \`secret\`; \`active\` is true if left out. OpenTelemetry needs an \`endpoint\`; the
values above are the defaults of the other keys.
`;
}

const restartKeys = (): string =>
  settingKeys
    .filter((key) => settingsTable[key].restart)
    .map((key) => `\`${key}\``)
    .join(', ');

function row(key: SettingKey): string {
  const { default: byDefault, allowed, meaning } = settingsTable[key];
  const shown = byDefault === undefined ? '' : `\`${JSON.stringify(byDefault)}\``;
  return `| ${key} | ${shown} | ${allowed} | ${meaning} |`;
}
