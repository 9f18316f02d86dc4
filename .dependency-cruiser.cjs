/** The rooms of src and which of them may know which. ARCHITECTURE.md gives the reason for each rule. */

const room = (names) => `^src/(${names})/`;
const runtimeOnly = { dependencyTypesNot: ['type-only'] };

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true, viaOnly: runtimeOnly } },
    { name: 'no-orphans', severity: 'error', from: { orphan: true, pathNot: '\\.json$|\\.d\\.ts$' }, to: {} },
    {
      name: 'domain-imports-no-room',
      severity: 'error',
      from: { path: room('domain') },
      to: { path: '^src/', pathNot: room('domain') },
    },
    {
      name: 'siblings-import-domain-only',
      severity: 'error',
      from: { path: room('estimator|pricing|agents|engines') },
      to: { path: '^src/', pathNot: [room('domain'), '^src/$1/'] },
    },
    {
      name: 'ledger-imports-below',
      severity: 'error',
      from: { path: room('ledger') },
      to: { path: '^src/', pathNot: room('domain|storage|pricing|agents|ledger') },
    },
    {
      name: 'storage-imports-nothing',
      severity: 'error',
      from: { path: room('storage') },
      to: { path: '^src/', pathNot: room('storage') },
    },
    {
      name: 'folders-import-below',
      severity: 'error',
      from: { path: room('folders') },
      to: { path: '^src/', pathNot: room('domain|storage|estimator|folders') },
    },
    {
      name: 'judges-import-below',
      severity: 'error',
      from: { path: room('budgets|insights') },
      to: { path: '^src/', pathNot: room('domain|ledger|budgets|insights') },
    },
    {
      name: 'judges-only-know-the-ledgers-shapes',
      severity: 'error',
      from: { path: room('budgets|insights') },
      to: { path: room('ledger'), ...runtimeOnly },
    },
    {
      name: 'oversight-imports-below',
      comment: 'holds the ledger against budgets, for the ledger worker and the guard alike',
      severity: 'error',
      from: { path: room('oversight') },
      to: { path: '^src/', pathNot: room('domain|storage|pricing|agents|ledger|budgets|oversight') },
    },
    {
      name: 'guard-knows-no-editor',
      severity: 'error',
      from: { path: room('guard') },
      to: { path: [room('editor|estimator|folders|engines'), '^src/[^/]+\\.ts$'] },
    },
    {
      name: 'workers-do-not-import-the-editor',
      severity: 'error',
      from: { path: room('workers') },
      to: { path: [room('editor|dashboard'), '^src/[^/]+\\.ts$'] },
    },
    {
      name: 'the-ledger-worker-serves-the-guard',
      comment: 'its programs, and the flags by which it knows that nothing can be stopped',
      severity: 'error',
      from: { path: room('workers'), pathNot: '/guard[A-Z][^/]*\\.ts$' },
      to: { path: room('guard'), ...runtimeOnly },
    },
    {
      name: 'editor-asks-workers',
      comment: 'heavy rooms run in workers: the editor may know their types alone',
      severity: 'error',
      from: { path: room('editor') },
      to: {
        path: room('storage|ledger|folders|estimator|pricing|agents|budgets|insights|oversight'),
        ...runtimeOnly,
      },
    },
    {
      name: 'vscode-only-in-the-editor',
      severity: 'error',
      from: { path: '^src/', pathNot: [room('editor'), '^src/extension(\\.web)?\\.ts$'] },
      to: { path: '^vscode$', ...runtimeOnly },
    },
    {
      name: 'pure-rooms-know-no-node',
      severity: 'error',
      from: { path: room('domain|estimator|pricing|engines|budgets|insights') },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'no-product-code-from-tests',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^test/' },
    },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true, pathNot: '^vscode$' } },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
