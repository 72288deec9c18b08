// Who may import whom. A rule's comment is shown when it is broken.
const ours = '^(engine|actions|editor)/';
const rule = (name, comment, from, to) => ({ name, severity: 'error', comment, from, to });

export default {
  forbidden: [
    rule(
      'no-cycles',
      'Modules that need each other are one module, or miss a third. Types do not count.',
      {},
      { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    ),
    rule(
      'kit-alone',
      'The kit is what every action and the editor stand on: it imports nothing of ours and runs in a browser.',
      { path: '^actions/kit/', pathNot: '\\.test\\.ts$' },
      { path: [ours, '^node:'], pathNot: '^actions/kit/' },
    ),
    rule(
      'document-pure',
      'The document code runs in the browser too: nothing of ours but types, and nothing of node.',
      { path: '^engine/document/', pathNot: '\\.test\\.ts$' },
      { path: [ours, '^node:'], pathNot: '^engine/document/', dependencyTypesNot: ['type-only'] },
    ),
    rule(
      'import-pure',
      'What reads foreign documents is pure: it may run in a browser, and cannot be made to touch anything.',
      { path: '^engine/import/', pathNot: '\\.test\\.ts$' },
      { path: ['^node:', '^engine/(?!import/|document/)'], dependencyTypesNot: ['type-only'] },
    ),
    rule(
      'query-pure',
      'What a query means is the same for the API, the command line and the editor: nothing of node, and of ours the document code and tables of names.',
      { path: '^engine/query/', pathNot: '\\.test\\.ts$' },
      {
        path: ['^node:', ours],
        pathNot: ['^engine/(query|document)/', '^engine/log/record\\.ts$'],
        dependencyTypesNot: ['type-only'],
      },
    ),
    rule(
      'actions-alone',
      'An action imports the kit and small pure packages. The outside world comes as `host`, so that it can be recorded and guarded.',
      { path: '^actions/(?!kit/)[^/]+/', pathNot: '\\.test\\.ts$' },
      { path: ['^engine/', '^editor/', '^node:(fs|net|http|https|child_process|dgram|tls)'] },
    ),
    rule(
      'actions-apart',
      'An action does not import an action of another category; what they share belongs into the kit or a folder of its own.',
      { path: '^actions/(?!kit/|support/)([^/]+)/' },
      { path: '^actions/', pathNot: ['^actions/(kit|support)/', '^actions/$1/'] },
    ),
    rule(
      'core-knows-no-process',
      'Compiling and running know nothing of processes, stores or single actions: they run in a test and on the command line too.',
      { path: '^engine/(compile|run)/', pathNot: '\\.test\\.ts$' },
      { path: ['^engine/(control|worker|store|cli|host)/', '^actions/(?!kit/)'], dependencyTypesNot: ['type-only'] },
    ),
    rule(
      'control-apart',
      'The control process and the worker meet only in engine/wire.',
      { path: '^engine/control/', pathNot: '\\.test\\.ts$' },
      { path: '^engine/(worker|cli)/' },
    ),
    rule(
      'worker-apart',
      'The worker and the control process meet only in engine/wire.',
      { path: '^engine/worker/', pathNot: '\\.test\\.ts$' },
      { path: '^engine/(control|cli)/' },
    ),
    rule(
      'log-apart',
      'The log pipeline serves every process and knows none.',
      { path: '^engine/log/', pathNot: '\\.test\\.ts$' },
      { path: '^engine/(control|worker|cli|compile|run)/', dependencyTypesNot: ['type-only'] },
    ),
    rule(
      'store-apart',
      'The store is written by one process and read by any: it knows records, documents and settings, and no process.',
      { path: '^engine/store/', pathNot: '\\.test\\.ts$' },
      { path: '^(engine|actions|editor)/', pathNot: '^engine/(store|log|document|errors\\.ts|settings/document\\.ts)' },
    ),
    rule(
      'editor-outside',
      "The editor knows documents, the kit's types and the control API, nothing of the engine's inside.",
      { path: '^editor/', pathNot: '\\.test\\.tsx?$' },
      {
        path: ['^engine/(?!document/|import/|query/|compile/jsonata)', '^actions/(?!kit/)'],
        dependencyTypesNot: ['type-only'],
      },
    ),
    rule(
      'graph-without-react',
      'What turns documents into nodes is pure: it is tested without a browser.',
      { path: '^editor/(graph|state|commands)/' },
      { path: '(^|/)react(-dom)?/' },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|data|examples)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'default'],
    },
  },
};
