import assert from 'node:assert/strict';
import { commands, window } from 'vscode';
import { StopAlerts } from '../../src/editor/budget/stopAlerts.ts';
import type { GuardState } from '../../src/editor/guard/guardState.ts';

const session = { agent: 'claude-code', key: 's-1' } as const;
const stop = { session, atMs: 1, reason: 'budget', calls: 3, interruptedMs: null } as const;
const minuteMs = 60_000;

interface Scene {
  readonly state?: GuardState;
  readonly process?: number | null;
  readonly isTold?: boolean;
  readonly fails?: boolean;
}

describe('what is said of a stop that did not hold', () => {
  const { showInformationMessage, showWarningMessage, showErrorMessage } = window;
  let said: string[];
  let done: unknown[];

  beforeEach(() => {
    [said, done] = [[], []];
  });
  afterEach(() => {
    Object.assign(window, { showInformationMessage, showWarningMessage, showErrorMessage });
  });

  /** @param press title of the button to press */
  function alertsIn(
    { state = 'guarded', process = null, isTold = true, fails = false }: Scene,
    press?: string,
  ) {
    const say =
      (how: string) =>
      async (message: string, ...buttons: string[]) => {
        said.push([how, message, ...buttons].join(' | '));
        return buttons.find((button) => button === press);
      };
    Object.assign(window, {
      showInformationMessage: say('i'),
      showWarningMessage: say('w'),
      showErrorMessage: say('e'),
    });
    const orFail = async <Value>(value: Value) => {
      if (fails) throw new Error('no such program');
      return value;
    };
    return new StopAlerts({
      sessionName: () => 'Tidy up',
      show: async ({ key }) => void done.push(['show', key]),
      guardStateOf: () => orFail(state),
      processOf: () => orFail(process),
      interrupt: async ({ key }, id) => {
        done.push(['interrupt', key, id]);
        return orFail(isTold);
      },
    });
  }

  const goesOn = 'The session Tidy up goes on after it was to stop; calls of a model since then: 3.';

  it('is how to end it, and where to see it', async () => {
    await alertsIn({}, 'Show Session').tell(stop, 0);
    assert.deepEqual(said, [`w | ${goesOn} End it in its own program. | Show Session`]);
    assert.deepEqual(done, [['show', 's-1']]);
  });

  it('offers to interrupt the process that is the session’s beyond doubt, and does so on that word alone', async () => {
    const button = 'Interrupt Claude Code';
    const where = 'Claude Code runs it as process 1234.';
    await alertsIn({ process: 1234 }).tell(stop, 0);
    assert.deepEqual([said, done], [[`w | ${goesOn} ${where} | ${button} | Show Session`], []]);
    await alertsIn({ process: 1234 }, button).tell(stop, 0);
    assert.deepEqual(done, [['interrupt', 's-1', 1234]]);
    assert.equal(said.at(-1), 'i | Claude Code was told to stop, as by Ctrl+C.');
    await alertsIn({ process: 1234, isTold: false }, button).tell(stop, 0);
    assert.match(said.at(-1) ?? '', /^e \| Claude Code could not be interrupted, or has ended\. End it/);
  });

  it('offers to cancel the request of a chat, and does so on that word alone', async () => {
    const chat = { ...stop, session: { agent: 'copilot-chat', key: 'chat-1' } } as const;
    const command = 'workbench.action.chat.cancel';
    const where = 'The request of the chat that had the focus last can be cancelled from here.';
    assert.ok((await commands.getCommands()).includes(command), 'the editor knows it');
    await alertsIn({ process: 1234 }).tell(chat, 0);
    assert.deepEqual([said, done], [[`w | ${goesOn} ${where} | Cancel in Chat | Show Session`], []]);
    const { executeCommand } = commands;
    Object.assign(commands, { executeCommand: async (id: string) => void done.push(id) });
    try {
      await alertsIn({}, 'Cancel in Chat').tell(chat, 0);
    } finally {
      Object.assign(commands, { executeCommand });
    }
    assert.deepEqual(done, [command]);
  });

  it('offers a guard where there is none', async () => {
    await alertsIn({ state: 'unguarded' }).tell(stop, 0);
    assert.deepEqual(said, [
      `w | ${goesOn} Claude Code has no guard: end it in its own program. | Guard Agents… | Show Session`,
    ]);
  });

  it('is that it was interrupted, where a guard has done so', async () => {
    await alertsIn({}).tell({ ...stop, interruptedMs: 5 }, 0);
    assert.deepEqual(said, [
      'w | The session Tidy up went on after it was to stop, and Claude Code was interrupted. Calls of a model since the stop: 3. | Show Session',
    ]);
  });

  it('is said again after a while alone, and then louder', async () => {
    const alerts = alertsIn({});
    await alerts.tell(stop, 0);
    await alerts.tell(stop, 9 * minuteMs);
    assert.equal(said.length, 1);
    await alerts.tell(stop, 10 * minuteMs);
    assert.match(said[1] ?? '', /^e \| /);
  });

  it('is said where nothing can be found out, too', async () => {
    await alertsIn({ fails: true }).tell(stop, 0);
    assert.deepEqual(said, [`w | ${goesOn} End it in its own program. | Show Session`]);
  });
});
