import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const vsce = join('node_modules', '@vscode', 'vsce', 'vsce');

describe('the package of the extension', () => {
  it('holds the built product and what people read, and nothing else', () => {
    const listed = execFileSync(process.execPath, [vsce, 'ls', '--no-dependencies'], { encoding: 'utf8' });
    const media = readdirSync('media', { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).replaceAll('\\', '/'));
    assert.deepEqual(
      listed.trim().split('\n').sort(),
      [
        ...['CHANGELOG.md', 'LICENSE', 'README.md', 'package.json', 'package.nls.json'],
        ...['catalogue.json', 'third-party-notices.txt'].map((name) => `dist/${name}`),
        ...[
          'accountant.js',
          'budgets.js',
          'chatSpans.js',
          'claudePlan.js',
          'claudeTelemetry.js',
          'estimator.js',
          'exact.js',
          'extension.js',
          'folders.js',
          'guards.js',
          'ledger.js',
          'logReader.js',
          'mcp.js',
          'prices.js',
        ].map((name) => `dist/${name}`),
        ...['cl100k_base.js', 'o200k_base.js'].map((name) => `dist/ranks/${name}`),
        ...media,
      ].sort(),
    );
  }).timeout(10_000);
});
