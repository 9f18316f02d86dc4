/** A folder of the guard with its launcher and made-up runtimes, in which hooks are run as agents run them. */

import { spawn } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { guardFiles, guardFolderIn } from '../../../src/guard/guardFolder.ts';
import { launcherText } from '../../../src/guard/launcher.ts';

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** What writing to its input met. */
  readonly inputError: string | null;
}

export class LauncherWorld {
  readonly data = realpathSync(mkdtempSync(join(tmpdir(), 'token-burn guard-')));
  readonly folder = guardFolderIn(this.data);
  readonly launcher = join(this.folder, guardFiles.launch);

  constructor() {
    mkdirSync(join(this.folder, guardFiles.beats), { recursive: true });
    mkdirSync(join(this.folder, guardFiles.faults));
    this.write(guardFiles.launch, launcherText);
    chmodSync(this.launcher, 0o755);
  }

  write(name: string, text: string): void {
    writeFileSync(join(this.folder, name), text);
  }

  /** @param forMs from now on @param name as the file is to be */
  writeCalm(scanner: string, forMs: number, name = 'now\n'): void {
    this.write(guardFiles.calm, name);
    this.write(guardFiles.scanner, scanner);
    const untilSeconds = (Date.now() + forMs) / 1000;
    utimesSync(join(this.folder, guardFiles.calm), untilSeconds, untilSeconds);
  }

  /** @param text as the file is to be: hooks that may pass, in which calm, and a dot for each that did */
  writeLease(text: string, file = 'codex.s-1'): void {
    mkdirSync(join(this.folder, guardFiles.leases), { recursive: true });
    this.write(join(guardFiles.leases, file), text);
  }

  /** Makes these scripts the programs to run the accountant with. */
  writeRuntimes(...scripts: readonly string[]): void {
    const paths = scripts.map((script, index) => {
      const path = join(this.folder, `runtime ${index}`);
      writeFileSync(path, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
      return path;
    });
    this.write(guardFiles.runtime, paths.map((path) => `${path}\n`).join(''));
  }

  names(folder: string): readonly string[] {
    return readdirSync(join(this.folder, folder)).sort();
  }

  read(name: string): string | null {
    const path = join(this.folder, name);
    return existsSync(path) ? readFileSync(path, 'utf8') : null;
  }

  /** All files below the data folder with what is in them. */
  everything(): Readonly<Record<string, string>> {
    const files = readdirSync(this.data, { recursive: true, withFileTypes: true }).filter((it) =>
      it.isFile(),
    );
    return Object.fromEntries(
      files.map(({ parentPath, name }) => [
        join(parentPath, name),
        readFileSync(join(parentPath, name), 'utf8'),
      ]),
    );
  }

  run(
    args: readonly string[],
    input: string | Uint8Array = '{}',
    environment: Readonly<Record<string, string>> = {},
  ): Promise<Ended> {
    return runProgram(this.launcher, args, input, { PATH: process.env.PATH ?? '', ...environment });
  }

  dispose(): void {
    rmSync(this.data, { recursive: true, force: true });
  }
}

export function runProgram(
  program: string,
  args: readonly string[],
  input: string | Uint8Array,
  environment: Readonly<Record<string, string>>,
): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { env: environment, stdio: 'pipe' });
    let [stdout, stderr, inputError]: [string, string, string | null] = ['', '', null];
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.stdin.on('error', (error) => (inputError = error.message));
    child.on('close', (code) => resolve({ code, stdout, stderr, inputError }));
    child.stdin.end(input);
  });
}
