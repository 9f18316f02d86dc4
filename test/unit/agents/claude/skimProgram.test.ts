import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fieldCount } from '../../../../src/agents/claude/skim/program/fields.ts';
import * as layout from '../../../../src/agents/claude/skim/program/layout.ts';
import * as rows from '../../../../src/agents/claude/skim/program/rowColumns.ts';
import { names, words } from '../../../../src/agents/claude/skim/words.ts';
import { programBytes } from '../../../../src/agents/logBlock.ts';
import { callColumn, callColumnCount, callIdCount } from '../../../../src/ledger/callColumns.ts';
import { qualities } from '../../../../src/ledger/merge.ts';
import { column, columnCount, idCount } from '../../../../src/ledger/receiptColumns.ts';
import { withTemporaryFolder } from '../../../harness/isolation.ts';
import { root } from '../../../harness/layout.ts';

describe('the program that skims lines', function () {
  this.timeout(120_000);

  it('is what its source compiles to', () =>
    withTemporaryFolder(async (folder) => {
      const compiled = join(folder, 'programText.ts');
      execFileSync(process.execPath, ['esbuild.config.mjs', 'skim', compiled], { cwd: root });
      const shipped = readFileSync(join(root, 'src/agents/claude/skim/programText.ts'), 'utf8');
      assert.equal(readFileSync(compiled, 'utf8'), shipped, 'to be mended by npm run build:skim');
    }));

  it('has room for all that lies in its memory', () => {
    const nameCount = names.reduce((sum, [, fields]) => sum + Object.keys(fields).length, 0);
    const areas = [
      [layout.fieldsAt, fieldCount * 8, layout.contextAt],
      [layout.contextAt, fieldCount * layout.contextStride, layout.wordsAt],
      [layout.wordsAt, Object.keys(words).length * layout.wordStride, layout.namesAt],
      [layout.shapesAt, (names.length + 1) * 4, layout.fieldsAt],
      [layout.namesAt, (nameCount + names.length) * layout.nameStride, layout.leavesAt],
      [layout.leavesAt, layout.mostLeaves * layout.wordStride, layout.repliesAt],
      [layout.repliesAt, (layout.mostReplies + 1) * layout.replyStride, layout.callsAt],
      [layout.callsAt, layout.mostCalls * layout.callStride, layout.textsAt],
      [layout.textsAt, layout.mostTexts * layout.textStride, layout.hashedAt],
      [layout.hashedAt, layout.mostHashedBytes, layout.scheduleAt],
      [layout.scheduleAt, layout.scheduleBytes, layout.sharedAt],
      [layout.sharedAt, columnCount * 8, layout.reasonNumbersAt],
      [layout.reasonNumbersAt, layout.mostTexts * 8, layout.toolNumbersAt],
      [layout.toolNumbersAt, layout.mostTexts * 8, layout.receiptRowsAt],
      [layout.receiptRowsAt, layout.mostReplies * columnCount * 8, layout.receiptIdsAt],
      [layout.receiptIdsAt, layout.mostReplies * idCount * 8, layout.callRowsAt],
      [layout.callRowsAt, layout.mostCalls * rows.callColumnCount * 8, layout.callIdsAt],
      [layout.callIdsAt, layout.mostCalls * idCount * 8, layout.rowsEnd],
      [layout.rowsEnd, 0, programBytes],
    ] as const;
    for (const [start, bytes, next] of areas) assert.ok(start + bytes <= next, String(start));
    for (const word of Object.values(words)) assert.ok(word.length <= layout.mostWordBytes, word);
    for (const [, fields] of names) {
      for (const name of Object.keys(fields)) {
        assert.ok(name.length <= layout.nameStride - layout.nameBytesAt, name);
      }
    }
  });

  it('lays out rows as the ledger does', () => {
    const filled = {
      atMs: rows.atMsColumn,
      uncachedInput: rows.uncachedInputColumn,
      cacheRead: rows.cacheReadColumn,
      cacheWrite5m: rows.cacheWrite5mColumn,
      cacheWrite1h: rows.cacheWrite1hColumn,
      cacheWriteUnknown: rows.cacheWriteUnknownColumn,
      output: rows.outputColumn,
      reasoning: rows.reasoningColumn,
      webSearches: rows.webSearchesColumn,
      circumstance: rows.circumstanceColumn,
      turn: rows.turnColumn,
      quality: rows.qualityColumn,
    };
    assert.deepEqual({ ...column, ...filled }, column);
    const calls = {
      tool: rows.toolColumn,
      resultBytes: rows.resultBytesColumn,
      isFailed: rows.failedColumn,
      hasInput: rows.hasInputColumn,
    };
    assert.deepEqual(calls, callColumn);
    assert.deepEqual([rows.receiptColumnCount, rows.rowIdCount], [columnCount, idCount]);
    assert.deepEqual([rows.callColumnCount, rows.rowIdCount], [callColumnCount, callIdCount]);
    assert.deepEqual([qualities[rows.exactQuality], qualities[rows.partialQuality]], ['exact', 'partial']);
  });
});
