/** A process with a ledger in use, from its parent's side. See `ledgerProgram.ts`. */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { outFolder } from '../harness/layout.ts';
import type { ProgramOptions, Saying } from './ledgerProgram.ts';

const program = fileURLToPath(new URL('./ledgerProgram.ts', import.meta.url));

/** Wraps the command that starts the process, such as in a shell with limits. */
export type Launcher = (command: string, args: readonly string[]) => ChildProcess;

/** Compiling takes longer than most of these processes live. */
export const environment = { ...process.env, NODE_COMPILE_CACHE: join(outFolder, 'compiled') };

export const plainly: Launcher = (command, args) => spawn(command, args, { env: environment });

export class LedgerProcess {
  readonly #child: ChildProcess;
  readonly #said: Saying[] = [];
  readonly #waiting: ((saying: Saying | null) => void)[] = [];
  readonly #ended: Promise<unknown>;
  /** What it wrote to its error output: nobody is to be shown any of it. */
  complaints = '';

  constructor(options: ProgramOptions, launch: Launcher = plainly) {
    this.#child = launch(process.execPath, [program, JSON.stringify(options)]);
    this.#ended = once(this.#child, 'close').then(() => this.#hear(null));
    this.#child.stderr?.on('data', (text) => (this.complaints += text));
    if (this.#child.stdout === null) throw new Error('a process that says nothing');
    createInterface(this.#child.stdout).on('line', (line) => this.#hear(JSON.parse(line) as Saying));
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  get isAlive(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** The next thing that it says; `null` once it has ended. */
  async next(): Promise<Saying | null> {
    const said = this.#said.shift();
    if (said !== undefined) return said;
    if (!this.isAlive) return null;
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** What it says after its next look at all logs; it must live until then. */
  async looks(): Promise<Saying> {
    const saying = await this.next();
    if (saying === null) throw new Error(`the process has ended: ${this.complaints}`);
    return saying.event === 'looked' ? saying : this.looks();
  }

  /** Has it look at all logs again. */
  look(): Promise<Saying> {
    this.#child.stdin?.write('look\n');
    return this.looks();
  }

  /** Resolves when the process is gone. */
  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#ended;
  }

  /** Lets it end by itself; resolves when it is gone. */
  async close(): Promise<void> {
    this.#child.stdin?.end();
    await this.#ended;
  }

  #hear(saying: Saying | null): void {
    if (saying === null) for (const resolve of this.#waiting.splice(0)) resolve(null);
    else {
      const waiting = this.#waiting.shift();
      if (waiting === undefined) this.#said.push(saying);
      else waiting(saying);
    }
  }
}
