import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createCountEngine } from '../../../src/estimator/engine/countEngine.ts';
import type { TreeFolder } from '../../../src/folders/tokenTree.ts';
import { fullCounter, randomFrom, randomText, ranks } from '../estimator/texts.ts';
import { countedFiles, countFolder, storable, TemporaryFolder } from './tree.ts';

/** Whether every folder holds what its entries hold. */
function assertAddsUp(folder: TreeFolder): void {
  const { entries } = folder.page(Number.MAX_SAFE_INTEGER);
  const sum = entries.reduce((tokens, { count }) => tokens + count.tokens, 0);
  const files = entries.reduce((all, entry) => all + (entry.kind === 'folder' ? entry.fileCount : 1), 0);
  assert.deepEqual([folder.count.tokens, folder.fileCount], [sum, files], folder.path);
  for (const entry of entries) if (entry.kind === 'folder') assertAddsUp(entry);
}

describe('the tokens of a folder', () => {
  it('are those of its files, which are those of any tokenizer for the encoding', () => {
    const engine = createCountEngine(ranks.o200k_base);
    const full = fullCounter('o200k_base');
    const random = randomFrom(11);
    for (let round = 0; round < 10; round++) {
      const folder = new TemporaryFolder();
      try {
        const parts = () => Array.from({ length: 1 + random(4) }, () => `d${random(4)}`);
        for (let file = 0; file < 40; file++) {
          const text = storable(randomText(random, random(60)));
          folder.write({ [`${parts().join('/')}/f${file}`]: text });
        }
        const tree = countFolder(folder.path, { tools: { encoding: () => engine } });
        const texts = countedFiles(tree).map((path) => readFileSync(join(folder.path, path), 'utf8'));
        assert.equal(texts.length, 40);
        assert.equal(
          tree.count.tokens,
          texts.reduce((sum, text) => sum + full(text), 0),
        );
        assertAddsUp(tree);
      } finally {
        folder.dispose();
      }
    }
  });
});
