import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { root } from '../harness/layout.ts';
import { eventually } from '../ui/eventually.ts';
import type { WindowOptions, WindowSaying } from './budgetWindow.ts';
import { GuardWorld } from './guardWorld.ts';
import { environment } from './ledgerProcess.ts';

const program = fileURLToPath(new URL('./budgetWindow.ts', import.meta.url));
/** A response costs a little under two cents: the third is within five, and then over them. */
const budgets = [
  { per: 'session', limit: 0.05 },
  { per: 'month', limit: 0.3 },
];
const sessions = ['s-1', 's-2', 's-3', 's-4'];

/** A window from its parent's side. */
class Window {
  readonly crossed: WindowSaying[] = [];
  readonly #child: ChildProcess;
  #looks = 0;
  complaints = '';

  constructor(options: WindowOptions) {
    this.#child = spawn(process.execPath, [program, JSON.stringify(options)], { env: environment });
    this.#child.stderr?.on('data', (text) => (this.complaints += text));
    if (this.#child.stdout === null) throw new Error('a process that says nothing');
    createInterface(this.#child.stdout).on('line', (line) => this.#hear(JSON.parse(line)));
  }

  /** Has it look at all logs again. Resolves when it has looked so often in all, the look at its start included. */
  async look(times: number): Promise<void> {
    if (times > 1) this.#child.stdin?.write('look\n');
    while (this.#looks < times) {
      if (this.#child.exitCode !== null) throw new Error(`the window has ended: ${this.complaints}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  async close(): Promise<void> {
    if (this.#child.exitCode !== null) return;
    this.#child.kill('SIGKILL');
    await once(this.#child, 'close');
  }

  #hear(saying: WindowSaying): void {
    if (saying.said === 'looked') this.#looks += 1;
    else this.crossed.push(saying);
  }
}

describe('two windows, a guard and a scanner at once', function () {
  this.timeout(120_000);
  let world: GuardWorld;
  let windows: Window[];

  beforeEach(() => {
    world = new GuardWorld();
    windows = [];
  });
  afterEach(async () => {
    await Promise.all(windows.map((window) => window.close()));
    world.dispose();
  });

  function open(): void {
    const cataloguePath = join(root, 'dist', 'catalogue.json');
    const options = { home: world.home, dataFolder: world.data, cataloguePath, budgets };
    windows.push(new Window(options));
  }

  /** Every session answers once more, while hooks of all ask the guard and all windows look. */
  async function round(times: number): Promise<void> {
    for (const session of sessions) world.respond(session, 1);
    const hooks = sessions.flatMap((session) => [
      world.hook('PreToolUse', session),
      world.hook('PostToolBatch', session),
    ]);
    await Promise.all([...hooks, ...windows.map((window) => window.look(times))]);
  }

  const told = () =>
    windows
      .flatMap(({ crossed }) => crossed)
      .map((saying) => (saying.said === 'crossed' ? `${saying.session ?? saying.span} ${saying.level}` : ''))
      .sort();

  /** Budgets may be judged a little after a look, so that they take a small share of the time. */
  const toldOf = (sessions: readonly string[]) =>
    eventually(told, (all) => sessions.every((session) => all.includes(`${session} over`)));

  it('tell each crossing once, leave none out, and count each receipt once', async () => {
    open();
    open();
    for (let times = 1; times <= 6; times++) await round(times);
    // What the last hooks stored is looked at by one more round.
    await Promise.all(windows.map((window) => window.look(7)));
    await toldOf(['month', ...sessions]);
    assert.equal(windows.map(({ complaints }) => complaints).join(''), '');
    assert.equal(new Set(told()).size, told().length, `told twice: ${told().join(', ')}`);
    assert.deepEqual(world.ask('SELECT count(*) AS count FROM counted'), [{ count: 6 * sessions.length }]);
  });

  it('tell nothing again in a window that opens later', async () => {
    open();
    for (let times = 1; times <= 3; times++) await round(times);
    await windows[0]?.look(4);
    const before = await toldOf(sessions);
    open();
    await windows[1]?.look(1);
    await Promise.all([windows[0]?.look(5), windows[1]?.look(2)]);
    await pause(2_000);
    assert.deepEqual(told(), before);
  });
});
