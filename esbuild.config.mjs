/**
 * Builds the product into `dist/`, or with the argument `tests` the parts of the tests that run inside VS Code into
 * `out/`. What is tested is what ships: there is one build, minified. With `skim` it compiles the program that skims
 * lines into the file that holds it, or into the one named: to be run where the program was changed.
 */

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { argv } from 'node:process';
import { findProvider } from '@pydantic/genai-prices';
import { build } from 'esbuild';
import { buildCatalogue, providerIds } from './src/pricing/buildCatalogue.ts';

const forNode = {
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node22',
  sourcemap: 'linked',
  logLevel: 'warning',
};

/** Parts of the extension that a command loads when it is first given, so that activation does not. */
const loadedByCommands = {
  exact: 'src/editor/exact/counting.ts',
  claudePlan: 'src/editor/plan/claudePlan.ts',
  claudeTelemetry: 'src/editor/telemetry/claudeTelemetry.ts',
  chatSpans: 'src/editor/chatSpans/spanOffer.ts',
  prices: 'src/editor/prices/priceCommands.ts',
  budgets: 'src/editor/budget/budgetCommands.ts',
  guards: 'src/editor/guard/guards.ts',
};

const leaveOutLoadedParts = {
  name: 'leave out what commands load',
  setup({ onResolve }) {
    onResolve({ filter: /\.ts$/ }, ({ path, resolveDir, kind }) => {
      const file = relative(import.meta.dirname, resolve(resolveDir, path)).replaceAll('\\', '/');
      const found = Object.entries(loadedByCommands).find(([, source]) => source === file);
      return found && kind === 'dynamic-import' ? { path: `./${found[0]}.js`, external: true } : undefined;
    });
  },
};

/** The vocabularies are files of their own, so that a worker loads one only when it counts with it. */
const vocabularies = ['o200k_base', 'cl100k_base'];

async function buildProduct() {
  rmSync('dist', { recursive: true, force: true });
  const { metafile } = await build({
    ...forNode,
    minify: true,
    entryPoints: {
      extension: 'src/extension.ts',
      ledger: 'src/workers/ledgerMain.ts',
      logReader: 'src/workers/logReaderMain.ts',
      estimator: 'src/workers/estimatorMain.ts',
      folders: 'src/workers/folderMain.ts',
      accountant: 'src/guard/accountantMain.ts',
      mcp: 'src/guard/mcp.ts',
      ...loadedByCommands,
      ...Object.fromEntries(vocabularies.map((name) => [`ranks/${name}`, `js-tiktoken/ranks/${name}`])),
    },
    outdir: 'dist',
    external: ['vscode'],
    plugins: [leaveOutLoadedParts],
    // What it gives to `require` finds its own parts in a way that no bundler can follow.
    alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' },
    // VS Code gives its interface to what is required, not to what is imported.
    supported: { 'dynamic-import': false },
    metafile: true,
  });
  writeFileSync('dist/meta.json', JSON.stringify(metafile));
  writeFileSync('dist/catalogue.json', JSON.stringify(catalogue()));
  writeFileSync('dist/third-party-notices.txt', notices(metafile));
}

/** The licences of all packages whose code or data is in the product. The catalogue's data is in no bundle. */
function notices({ inputs }) {
  const packages = Object.keys(inputs).flatMap(
    (path) => /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? [],
  );
  return [...new Set([...packages, '@pydantic/genai-prices'])].sort().map(notice).join('\n\n');
}

function notice(name) {
  const folder = `node_modules/${name}`;
  const { version, license } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
  const [file] = globSync(`${folder}/{LICENSE,LICENCE,license}*`);
  const text = file === undefined ? `Licence: ${license}` : readFileSync(file, 'utf8').trim();
  return `${name} ${version}\n\n${text}`;
}

function catalogue() {
  const providers = providerIds.map((providerId) => findProvider({ providerId }));
  const digest = (text) => createHash('sha256').update(text).digest('hex').slice(0, 12);
  return buildCatalogue(providers, digest).catalogue;
}

async function buildTests() {
  rmSync('out/host', { recursive: true, force: true });
  rmSync('out/questions', { recursive: true, force: true });
  await build({
    ...forNode,
    entryPoints: ['test/host/index.ts', ...globSync('test/host/**/*.test.ts')],
    outdir: 'out/host',
    external: ['vscode', 'mocha'],
  });
  await build({
    ...forNode,
    entryPoints: ['test/ui/questions/extension.ts'],
    outdir: 'out/questions',
    external: ['vscode'],
  });
  cpSync('test/ui/questions/manifest.json', 'out/questions/package.json');
}

/** What the compiler writes is bytes; what ships is a text, which every bundler and Node itself take as it is. */
function compileSkimmer(file = 'src/agents/claude/skim/programText.ts') {
  const compiled = `${file}.wasm`;
  const config = 'src/agents/claude/skim/program/asconfig.json';
  execFileSync(argv[0], [
    'node_modules/assemblyscript/bin/asc.js',
    '--config',
    config,
    '--outFile',
    compiled,
  ]);
  const text = readFileSync(compiled, 'base64');
  rmSync(compiled);
  writeFileSync(
    file,
    `/** The program that skims lines, as \`npm run build:skim\` makes it of what lies in \`program/\`. */

export const programText =
  '${text}';
`,
  );
}

const builds = { tests: buildTests, skim: () => compileSkimmer(argv[3]) };
await (builds[argv[2]] ?? buildProduct)();
