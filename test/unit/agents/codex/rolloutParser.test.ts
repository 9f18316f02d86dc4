import assert from 'node:assert/strict';
import { codexReader } from '../../../../src/agents/codex/codexReader.ts';
import { lines } from '../../../contract/fixture.ts';
import type { Files } from '../../../contract/fixtureFile.ts';
import { readFiles } from '../../../contract/reading.ts';
import {
  count,
  event,
  type Fields,
  idAt,
  line,
  meta,
  record,
  stamp,
  turn,
} from '../../../fixtures/codex/records.ts';

const thread = idAt('10:00:00.000');
const child = idAt('11:00:00.000');
const turn1 = idAt('10:00:01.000');

describe('a rollout of Codex', () => {
  it('bears the service tier that its thread had when its turn began', () => {
    const settings = (threadId: string, service_tier?: string) =>
      event('10:00:01.100', 'thread_settings_applied', {
        thread_id: threadId,
        thread_settings: { service_tier },
      });
    const [turn2, turn3, untold] = ['10:05:00.000', '10:10:00.000', '10:15:00.000'].map((time) => idAt(time));
    const receipts = read(
      meta('10:00:00.000', thread),
      ...turn('10:00:01.000', turn1),
      record('10:00:02.000', thread, turn1, 'resp_1', [1, 0, 1]),
      settings(thread, 'priority'),
      settings(child, 'flex'),
      record('10:00:03.000', thread, turn1, 'resp_2', [2, 0, 1]),
      ...turn('10:05:00.000', turn2 ?? ''),
      record('10:05:01.000', thread, turn2 ?? '', 'resp_3', [3, 0, 1]),
      count('10:05:01.001', [6, 0, 3], [3, 0, 1]),
      settings(thread),
      ...turn('10:05:02.000', turn2 ?? ''),
      count('10:05:03.000', [13, 0, 4], [7, 0, 1]),
      record('10:05:04.000', thread, untold ?? '', 'resp_4', [4, 0, 1]),
      ...turn('10:10:00.000', turn3 ?? ''),
      record('10:10:01.000', thread, turn3 ?? '', 'resp_5', [5, 0, 1]),
      record('10:10:02.000', thread, turn2 ?? '', 'resp_6', [6, 0, 1]),
    );
    const priority = { serviceTier: 'priority' };
    assert.deepEqual(
      receipts.map(({ tokens, terms }) => [tokens.uncachedInput, terms]),
      [
        [1, {}],
        [2, {}],
        [3, priority],
        [7, priority],
        [4, {}],
        [5, {}],
        [6, priority],
      ],
    );
  });

  it('dates what was copied by its turn, because the copy is stamped anew', () => {
    const receipts = read(
      meta('11:00:00.000', child, { forked_from_id: thread }),
      meta('11:00:00.001', thread),
      ...turn('11:00:00.001', turn1),
      count('11:00:00.001', [10, 0, 1], [10, 0, 1]),
      record('11:00:00.001', thread, turn1, 'resp_1', [20, 0, 1]),
    );
    assert.deepEqual(
      receipts.map(({ claim, atMs }) => [claim, atMs]),
      [
        ['copied', Date.parse(stamp('10:00:01.000'))],
        ['copied', Date.parse(stamp('10:00:01.000'))],
      ],
    );
  });

  it('knows the count of a record by the growth of the total, where the last usage was corrected', () => {
    const receipts = read(
      meta('10:00:00.000', thread),
      ...turn('10:00:01.000', turn1),
      record('10:00:02.000', thread, turn1, 'resp_1', [100, 0, 10]),
      count('10:00:02.001', [100, 0, 10], [100, 0, 10]),
      record('10:00:03.000', thread, turn1, 'resp_2', [200, 50, 20]),
      count('10:00:03.001', [300, 50, 30], [70, 50, 20]),
    );
    assert.deepEqual(
      receipts.map(({ tokens }) => tokens.output),
      [10, 20],
    );
  });

  it('keeps what the copied counts of a sub-agent tell where no record can have told it', () => {
    const copied = (cli_version?: string) =>
      read(
        meta('11:00:00.000', child, {
          cli_version,
          forked_from_id: thread,
          parent_thread_id: thread,
          thread_source: 'subagent',
        }),
        meta('11:00:00.001', thread),
        ...turn('11:00:00.001', turn1),
        count('11:00:00.001', [10, 0, 1], [10, 0, 1]),
      ).length;
    const versions = [undefined, '', '0.152.9', '0.153.0-alpha.1', '0.201.0', '1.0.0', '0.0.0'];
    assert.deepEqual(versions.map(copied), [1, 1, 1, 0, 0, 0, 0]);
  });

  it('takes the model of the turn that a record names', () => {
    const receipts = read(
      meta('10:00:00.000', thread),
      ...turn('10:00:01.000', turn1, 'gpt-5.4'),
      ...turn('10:05:00.000', idAt('10:05:00.000'), 'gpt-5.2'),
      record('10:05:01.000', thread, turn1, 'resp_1', [1, 0, 1]),
    );
    assert.deepEqual(
      receipts.map(({ model }) => model),
      ['gpt-5.4'],
    );
  });

  it('takes a lost record from the copy that a compaction keeps', () => {
    const { payload } = record('', thread, turn1, 'resp_1', [1, 0, 1]);
    const compacted = {
      timestamp: stamp('10:00:05.000'),
      type: 'compacted',
      payload: { latest_token_usage_record: payload },
    };
    assert.equal(read(meta('10:00:00.000', thread), compacted).length, 1);
  });

  it('does not count a total that came before its record twice', () => {
    const receipts = read(
      meta('10:00:00.000', thread),
      ...turn('10:00:01.000', turn1),
      count('10:00:02.000', [10, 0, 1], [10, 0, 1]),
      record('10:00:02.100', thread, turn1, 'resp_1', [10, 0, 1]),
      record('10:00:03.000', thread, turn1, 'resp_2', [10, 0, 1]),
    );
    assert.equal(receipts.length, 2);
  });

  it('does not take the copy that a compaction keeps of such a record for a response', () => {
    const latest_token_usage_record = record('', thread, turn1, 'resp_1', [10, 0, 1]).payload;
    const receipts = read(
      meta('10:00:00.000', thread),
      ...turn('10:00:01.000', turn1),
      count('10:00:02.000', [10, 0, 1], [10, 0, 1]),
      record('10:00:02.001', thread, turn1, 'resp_1', [10, 0, 1]),
      line('10:00:03.000', 'compacted', { latest_token_usage_record }),
    );
    assert.equal(receipts.length, 1);
  });

  it('does not take a repeated total for the twin of a record', () => {
    const receipts = read(
      meta('10:00:00.000', thread),
      ...turn('10:00:01.000', turn1),
      record('10:00:02.000', thread, turn1, 'resp_1', [10, 0, 1]),
      count('10:00:02.100', [10, 0, 1], [10, 0, 1]),
      record('10:00:03.000', thread, turn1, 'resp_2', [10, 0, 1]),
      count('10:00:03.100', [10, 0, 1], [10, 0, 1]),
      count('10:00:03.200', [20, 0, 2], [10, 0, 1]),
    );
    assert.equal(receipts.length, 2);
  });

  it('does not take a total for the twin of a record of another turn', () => {
    const receipts = read(
      meta('10:00:00.000', thread),
      ...turn('10:00:01.000', turn1),
      record('10:00:02.000', thread, turn1, 'resp_1', [10, 0, 1]),
      ...turn('10:05:00.000', idAt('10:05:00.000')),
      count('10:05:01.000', [10, 0, 1], [10, 0, 1]),
    );
    assert.equal(receipts.length, 2);
  });

  it('is named after its file when it does not name itself', () => {
    const [receipt] = read(count('10:00:02.000', [10, 0, 1], [10, 0, 1]));
    assert.equal(receipt?.sessionKey, child);
  });
});

function read(...records: readonly Fields[]) {
  const files: Files = [[`rollout-2026-08-19T11-00-00-${child}.jsonl`, Buffer.from(lines(...records))]];
  const reading = readFiles(codexReader, files);
  assert.deepEqual(reading.refused, {});
  return reading.standing();
}
