import assert from 'node:assert/strict';
import { aiderReader } from '../../../src/agents/aider/aiderReader.ts';
import { clineReader } from '../../../src/agents/cline/clineReader.ts';
import { copilotChatReader } from '../../../src/agents/copilotChat/copilotChatReader.ts';
import { cursorReader } from '../../../src/agents/cursor/cursorReader.ts';
import type { Reader } from '../../../src/agents/reader.ts';
import { rooCodeReader } from '../../../src/agents/roo/rooReaders.ts';
import { toDecimalDollars } from '../../../src/domain/money.ts';
import { type Fixture, lines } from '../../contract/fixture.ts';
import { filesOf } from '../../contract/fixtureFile.ts';
import { readFiles } from '../../contract/reading.ts';
import { aiderFixtures } from '../../fixtures/aider/fixtures.ts';
import { clineFixtures } from '../../fixtures/cline/fixtures.ts';
import { copilotChatFixtures } from '../../fixtures/copilot-chat/fixtures.ts';
import { answered, chat, initial } from '../../fixtures/copilot-chat/records.ts';
import { cursorFixtures } from '../../fixtures/cursor/fixtures.ts';
import { rooFixtures } from '../../fixtures/roo/fixtures.ts';

/** What agents recorded, in dollars, in the order of time; 0 and nothing are left out. */
function costsIn(reader: Reader, { files, beside }: Pick<Fixture, 'files' | 'beside'>): readonly string[] {
  const named = filesOf({ name: '', files, sessions: {} });
  return [...readFiles(reader, named, undefined, beside).standing()]
    .sort((a, b) => a.atMs - b.atMs)
    .flatMap(({ reportedCost }) => (reportedCost === null ? [] : [toDecimalDollars(reportedCost, 6)]));
}

function fixture(fixtures: readonly Fixture[], name: string): Fixture {
  const found = fixtures.find((each) => each.name === name);
  assert.ok(found);
  return found;
}

describe('costs that agents recorded themselves', () => {
  it('are a cent a credit in chat, each once and never the running total', () => {
    const costs = (name: string) => costsIn(copilotChatReader, fixture(copilotChatFixtures, name));
    assert.deepEqual(costs('a log of changes'), ['0.012000']);
    assert.deepEqual(costs('totals of models'), ['0.025000']);
  });

  it('are none where credits counted requests', () => {
    const timestamp = Date.parse('2026-05-31T23:00:00Z');
    const request = answered('r', '10:00:00', { timestamp, modelState: { value: 1 }, copilotCredits: 3 });
    assert.deepEqual(
      costsIn(copilotChatReader, { files: { 's.jsonl': lines(initial(chat('s', [request]))) } }),
      [],
    );
  });

  it('are those of tasks, and 0 is none', () => {
    assert.deepEqual(costsIn(clineReader, fixture(clineFixtures, 'a task of the first engine')), [
      '0.011800',
      '0.002000',
    ]);
    assert.deepEqual(
      costsIn(rooCodeReader, fixture(rooFixtures, 'a task of the last versions with a sub-task')),
      ['0.011800', '0.004000', '0.010000'],
    );
  });

  it('are what the message cost and not the session so far, on the next line too', () => {
    assert.deepEqual(costsIn(aiderReader, fixture(aiderFixtures, 'chats in one history')), [
      '0.020000',
      '0.004200',
    ]);
  });

  it('are the cents that Cursor told last', () => {
    assert.deepEqual(costsIn(cursorReader, fixture(cursorFixtures, 'conversations of Cursor')).toSorted(), [
      '0.010000',
      '0.125000',
    ]);
  });
});
