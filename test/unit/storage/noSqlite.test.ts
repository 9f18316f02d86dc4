import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { loadSqlite } from '../../../src/storage/sqlite.ts';

const url = new URL('../../../src/storage/sqlite.ts', import.meta.url);

describe('loading SQLite', () => {
  it('finds it where the runtime has it', () => assert.ok(!('missing' in loadSqlite())));

  it('says so where the runtime has none', () => {
    const script = `const { loadSqlite } = await import('${url}'); console.log(JSON.stringify(loadSqlite()))`;
    const args = ['--no-experimental-sqlite', '--input-type=module', '-e', script];
    const { missing } = JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' }));
    assert.match(missing, /Node\.js \d+/);
  });
});
