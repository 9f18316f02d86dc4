import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AgentId } from '../../../src/domain/agent.ts';
import { forgetBeats, lastBeatOf, readBeat, writeBeat } from '../../../src/guard/beats.ts';
import { doubtMs, isClockInDoubt } from '../../../src/guard/clockDoubt.ts';
import { leaveFault, readFaults } from '../../../src/guard/faults.ts';
import { sessionFile } from '../../../src/guard/guardFolder.ts';
import { countOtherLeases, useLease, writeLease } from '../../../src/guard/leases.ts';
import { calmAt, isQuiet as isAnyQuiet, isNone, nameOfCalm } from '../../../src/guard/quiet.ts';
import { forgetProcesses, noteProcess, readProcess } from '../../../src/guard/sessionProcess.ts';
import { clearFlags, writeCalm, writeNone } from '../../../src/guard/writeFlags.ts';

const beat = { event: 'PreToolUse', decision: 'allow', latencyMs: 12, fault: null } as const;
const of = (key: string, agent: AgentId = 'codex') => ({ agent, key });
const isQuiet = (folder: string, nowMs: number) => isNone(folder) || calmAt(folder, nowMs) !== null;

const hostileKeys = [
  '../../escaped',
  '..',
  '.hidden',
  '/etc/passwd',
  'a/b',
  'a\\b',
  'a\nb',
  'a\0b',
  '\u001b[31mred',
  '$(touch escaped)',
  '-rf',
  '',
  'x'.repeat(10 << 20),
];

describe('the files of the guard', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'token-burn-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  describe('beats', () => {
    it('are of a session each, and the last of an agent is found', () => {
      writeBeat(folder, of('a'), beat);
      writeBeat(folder, of('b'), { ...beat, decision: 'stop' });
      writeBeat(folder, of('c', 'claude-code'), beat);
      utimesSync(join(folder, 'beats', 'codex.a'), 1, 1);
      const { atMs, ...kept } = readBeat(folder, of('a')) ?? assert.fail('no beat');
      assert.deepEqual([atMs, kept], [1_000, beat]);
      assert.equal(lastBeatOf(folder, 'codex')?.decision, 'stop');
      assert.equal(lastBeatOf(folder, 'gemini-cli'), null);
      assert.equal(readBeat(folder, of('z')), null);
    });

    it('that somebody spoilt still tell when they were', () => {
      mkdirSync(join(folder, 'beats'));
      for (const text of ['', '[]', '{"decision":"away","latencyMs":"x"}', '\0']) {
        writeFileSync(join(folder, 'beats', 'codex.a'), text);
        assert.equal(readBeat(folder, of('a'))?.decision, 'pass');
      }
    });

    it('are forgotten after a while', () => {
      writeBeat(folder, of('a'), beat);
      writeBeat(folder, of('b'), beat);
      utimesSync(join(folder, 'beats', 'codex.a'), 1, 1);
      forgetBeats(folder, 2_000);
      assert.deepEqual(readdirSync(join(folder, 'beats')), ['codex.b']);
    });

    for (const key of hostileKeys) {
      it(`lie in their folder whatever the session is called: ${JSON.stringify(key.slice(0, 30))}`, () => {
        writeBeat(folder, of(key), beat);
        const names = readdirSync(join(folder, 'beats'));
        assert.equal(names.length, 1);
        assert.match(names[0] ?? '', /^codex\.~[0-9a-f]{40}$/);
        assert.equal(readBeat(folder, of(key))?.event, 'PreToolUse');
        assert.deepEqual(readdirSync(folder), ['beats']);
      });
    }

    it('have the names that the launcher gives them', () => {
      for (const key of ['5a1c0000-0000-4000-8000-000000000001', 'ses_1.2', 'x'.repeat(128)]) {
        assert.equal(sessionFile(of(key)), `codex.${key}`);
      }
      assert.notEqual(sessionFile(of('x'.repeat(129))), `codex.${'x'.repeat(129)}`);
    });

    it('stop nobody where they cannot be written', () => {
      writeFileSync(join(folder, 'beats'), 'in the way');
      writeBeat(folder, of('a'), beat);
      assert.equal(readBeat(folder, of('a')), null);
      assert.equal(lastBeatOf(folder, 'codex'), null);
    });
  });

  describe('processes', () => {
    const later = (minutes: number, isUrgent = false) => ({ nowMs: Date.now() + minutes * 60_000, isUrgent });
    const known = (id: number) => () => ({ id, started: `at ${id}` });

    it('are noted of each session, anew after a while or when it matters', () => {
      noteProcess(folder, of('a'), known(7), later(0));
      noteProcess(folder, of('b'), known(8), later(0));
      noteProcess(folder, of('a'), () => assert.fail('asked at once again'), later(9));
      assert.deepEqual(readProcess(folder, of('a')), { id: 7, started: 'at 7' });
      noteProcess(folder, of('a'), known(9), later(1, true));
      noteProcess(folder, of('b'), known(10), later(11));
      assert.deepEqual([readProcess(folder, of('a'))?.id, readProcess(folder, of('b'))?.id], [9, 10]);
    });

    it('are nobody’s any more where another session was noted in them since', () => {
      noteProcess(folder, of('a'), known(7), later(0));
      utimesSync(join(folder, 'processes', 'codex.a'), 1_000, 1_000);
      noteProcess(folder, of('b'), known(7), later(0));
      noteProcess(folder, of('c'), known(8), later(0));
      assert.equal(readProcess(folder, of('a')), null);
      assert.deepEqual([readProcess(folder, of('b'))?.id, readProcess(folder, of('c'))?.id], [7, 8]);
      noteProcess(folder, of('a'), known(9), later(0));
      assert.equal(readProcess(folder, of('a'))?.id, 9);
    });

    it('are none where none was found, and nothing else is taken for one', () => {
      assert.equal(readProcess(folder, of('a')), null);
      noteProcess(folder, of('a'), known(7), later(0));
      noteProcess(folder, of('a'), () => null, later(1, true));
      assert.equal(readProcess(folder, of('a')), null);
      for (const text of [
        '',
        '[]',
        '{"id":1,"started":"x"}',
        '{"id":-7,"started":"x"}',
        '{"id":"7","started":"x"}',
        '{"id":7.5,"started":"x"}',
        '{"id":7}',
      ]) {
        writeFileSync(join(folder, 'processes', 'codex.a'), text);
        assert.equal(readProcess(folder, of('a')), null, text);
      }
    });

    it('are forgotten after a while, and stop nobody where they cannot be written', () => {
      forgetProcesses(folder, Date.now());
      noteProcess(folder, of('a'), known(7), later(0));
      forgetProcesses(folder, Date.now() + 3_600_000);
      assert.equal(readProcess(folder, of('a')), null);
      rmSync(join(folder, 'processes'), { recursive: true });
      writeFileSync(join(folder, 'processes'), 'in the way');
      noteProcess(folder, of('a'), known(7), later(0));
      assert.equal(readProcess(folder, of('a')), null);
    });
  });

  describe('faults', () => {
    it('are one of a kind and agent, with a detail that is cut', () => {
      leaveFault(folder, 'codex', 'ledgerLocked', 'first');
      leaveFault(folder, 'codex', 'ledgerLocked', 'x'.repeat(10 << 20));
      const [fault, ...others] = readFaults(folder);
      assert.deepEqual([fault?.agent, fault?.kind, others], ['codex', 'ledgerLocked', []]);
      assert.ok((fault?.detail.length ?? 1_000) <= 300);
    });

    it('are read past what else lies there', () => {
      leaveFault(folder, 'codex', 'failed', 'x');
      for (const name of ['codex.unheard', 'nobody.failed', 'x', 'codex.behind']) {
        writeFileSync(join(folder, 'faults', name), 'no JSON');
      }
      assert.deepEqual(
        readFaults(folder)
          .map(({ kind }) => kind)
          .sort(),
        ['behind', 'failed'],
      );
    });

    it('stop nobody where they cannot be told', () => {
      writeFileSync(join(folder, 'faults'), 'in the way');
      leaveFault(folder, 'codex', 'failed');
      assert.deepEqual(readFaults(folder), []);
    });
  });

  describe('leases', () => {
    const nowMs = Date.now();
    const use = (key: string, times: number) =>
      Array.from({ length: times }, () => useLease(folder, of(key), 'now')).filter(Boolean).length;

    it('let so many hooks of a session pass, and no other’s', () => {
      assert.equal(use('a', 1), 0);
      writeLease(folder, of('a'), 3, 'now');
      assert.deepEqual([use('b', 1), use('a', 5)], [0, 3]);
      writeLease(folder, of('a'), 2, 'now');
      assert.equal(use('a', 5), 2);
      writeLease(folder, of('a'), 0, 'now');
      assert.equal(use('a', 5), 0);
    });

    it('are none in another calm than that in which they were judged', () => {
      writeLease(folder, of('a'), 3, 'before');
      assert.equal(use('a', 1), 0);
    });

    it('are none where somebody spoilt them', () => {
      writeLease(folder, of('a'), 3, 'now');
      for (const text of [
        '',
        '3 now',
        '-3 now ',
        '03 now ',
        '1e9 now ',
        '9999 now ',
        '3 now x',
        '3 now .\n',
        '$(id) ',
        '3 ',
        '3 .',
      ]) {
        writeFileSync(join(folder, 'leases', 'codex.a'), text);
        assert.equal(use('a', 1), 0, text);
      }
    });

    it('show who else is at work', () => {
      assert.equal(countOtherLeases(folder, of('a'), nowMs), 0);
      for (const key of ['a', 'b', '../c', 'd']) writeLease(folder, of(key), 3, 'now');
      utimesSync(join(folder, 'leases', 'codex.d'), 1, 1);
      assert.equal(countOtherLeases(folder, of('a'), nowMs), 2);
    });

    it('end with whatever they rest on', () => {
      writeLease(folder, of('a'), 3, 'now');
      clearFlags(folder);
      assert.equal(use('a', 1), 0);
    });

    it('keep no session waiting where they cannot be written', () => {
      writeFileSync(join(folder, 'leases'), 'in the way');
      writeLease(folder, of('a'), 3, 'now');
      writeLease(folder, of('a'), 0, 'now');
      assert.deepEqual([use('a', 1), countOtherLeases(folder, of('b'), nowMs)], [0, 0]);
    });
  });

  describe('the flags', () => {
    const nowMs = Date.now();
    const nobody = 4_194_400;

    it('are quiet while no budget is in force, whoever lives', () => {
      writeNone(folder, true);
      assert.equal(isQuiet(folder, nowMs + 1e12), true);
      writeNone(folder, false);
      assert.equal(isQuiet(folder, nowMs), false);
    });

    it('are quiet while the scanner lives, and for a while only', () => {
      writeCalm(folder, true, process.pid, nowMs);
      assert.deepEqual([isQuiet(folder, nowMs), isQuiet(folder, nowMs + 11 * 60_000)], [true, false]);
      writeCalm(folder, true, nobody, nowMs);
      assert.equal(isQuiet(folder, nowMs), false);
      for (const id of ['', '0', '-1', 'x', '1e9999']) {
        writeFileSync(join(folder, 'scanner'), id);
        assert.equal(isQuiet(folder, nowMs), false, id);
      }
    });

    it('let a session pass that has a lease, and any while no budget is in force', () => {
      writeCalm(folder, true, process.pid, nowMs);
      assert.equal(isAnyQuiet(folder, of('a'), nowMs), false);
      writeLease(folder, of('a'), 1, nameOfCalm(folder) ?? '');
      assert.deepEqual(
        [isAnyQuiet(folder, of('a'), nowMs), isAnyQuiet(folder, of('a'), nowMs)],
        [true, false],
      );
      writeNone(folder, true);
      assert.equal(isAnyQuiet(folder, of('a'), nowMs), true);
    });

    it('say of the same calm that it holds for longer, and name another one anew', () => {
      const names = [1, 2].map((later) => {
        writeCalm(folder, true, process.pid, nowMs + later);
        return nameOfCalm(folder);
      });
      clearFlags(folder);
      assert.equal(nameOfCalm(folder), null);
      writeCalm(folder, true, process.pid, nowMs);
      assert.deepEqual([names[0] === names[1], names[0] === nameOfCalm(folder)], [true, false]);
    });

    it('give a calm its name where another version wrote none', () => {
      writeFileSync(join(folder, 'calm'), '');
      assert.equal(calmAt(folder, nowMs), null);
      writeCalm(folder, true, process.pid, nowMs);
      assert.notEqual(calmAt(folder, nowMs), null);
    });

    it('are taken away one by one or all together', () => {
      const flags = () => ['none', 'calm'].filter((name) => existsSync(join(folder, name)));
      writeCalm(folder, true, process.pid, nowMs);
      writeNone(folder, true);
      clearFlags(folder, ['calm']);
      assert.deepEqual(flags(), ['none']);
      writeCalm(folder, true, process.pid, nowMs);
      clearFlags(folder);
      assert.deepEqual(flags(), []);
      clearFlags(join(folder, 'gone'));
    });
  });

  describe('the clock', () => {
    const nowMs = Date.UTC(2026, 5, 1);
    const minuteMs = 60_000;

    it('is believed while it goes forward, and a little back', () => {
      for (const ms of [0, 1, 5 * 86_400_000, 5 * 86_400_000 - minuteMs / 2]) {
        assert.equal(isClockInDoubt(folder, nowMs + ms), false);
      }
    });

    it('is doubted after it went back, and for a while only', () => {
      isClockInDoubt(folder, nowMs);
      const backMs = nowMs - 86_400_000;
      assert.equal(isClockInDoubt(folder, backMs), true);
      assert.equal(isClockInDoubt(folder, backMs + minuteMs), true);
      assert.equal(isClockInDoubt(folder, backMs + doubtMs), false);
      assert.equal(isClockInDoubt(folder, backMs + doubtMs + 1), false);
    });

    it('is believed at once where it is set right again', () => {
      isClockInDoubt(folder, nowMs);
      assert.equal(isClockInDoubt(folder, nowMs - 86_400_000), true);
      assert.equal(isClockInDoubt(folder, nowMs + 1), false);
    });

    it('is doubted anew where it goes back once more', () => {
      isClockInDoubt(folder, nowMs);
      assert.equal(isClockInDoubt(folder, nowMs - 86_400_000), true);
      assert.equal(isClockInDoubt(folder, nowMs - 2 * 86_400_000), true);
      assert.equal(isClockInDoubt(folder, nowMs - 2 * 86_400_000 + doubtMs - 1), true);
    });
  });
});
