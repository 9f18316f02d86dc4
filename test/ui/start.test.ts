import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { isolation, withTemporaryFolder } from '../harness/isolation.ts';
import { outFolder } from '../harness/layout.ts';
import { run } from '../harness/program.ts';

describe('npm start', () => {
  it('opens VS Code on the sample workspace and leaves a picture of it', () =>
    withTemporaryFolder(async (home) => {
      const startedMs = Date.now();
      const env = { ...process.env, ...isolation(home), TOKEN_BURN_VSCODE: 'server' };
      const code = await run(process.execPath, [join('test', 'harness', 'start.ts'), '--once'], { env });
      assert.equal(code, 0);
      assert.ok(statSync(join(outFolder, 'screenshots', 'start.png')).mtimeMs >= startedMs);
    }));
});
