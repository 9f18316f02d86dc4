/**
 * Runs our tests for Stryker. Its own runner for mocha asks for files that mocha 12 no longer has; this one uses mocha's
 * public interface alone.
 */

import { globSync } from 'node:fs';
import Mocha from 'mocha';

/** What the instrumented code shares with whoever runs it. */
interface Instrumented {
  activeMutant?: string | undefined;
  currentTestId?: string | undefined;
  mutantCoverage?: unknown;
  hitCount?: number | undefined;
  hitLimit?: number | undefined;
}

const instrumented: Instrumented = {};
Object.assign(globalThis, { __stryker__: instrumented });

const statuses = { passed: 0, failed: 1, pending: 2 } as const;

interface TestResult {
  readonly id: string;
  readonly name: string;
  readonly fileName: string | undefined;
  readonly timeSpentMs: number;
  readonly status: (typeof statuses)[keyof typeof statuses];
  readonly failureMessage?: string;
}

interface DryRun {
  readonly coverageAnalysis: 'off' | 'all' | 'perTest';
  readonly disableBail: boolean;
}

interface MutantRun {
  readonly activeMutant: { readonly id: string };
  readonly mutantActivation: 'runtime' | 'static';
  readonly testFilter?: readonly string[];
  readonly hitLimit?: number;
  readonly disableBail: boolean;
}

class MochaRunner {
  static readonly inject = ['options'] as const;
  readonly #mocha = new Mocha({ reporter: Mocha.reporters.Base, timeout: 0 });
  readonly #files: readonly string[];
  #isLoaded = false;

  constructor({ suites }: { readonly suites: readonly string[] }) {
    this.#files = suites.flatMap((pattern) => globSync(pattern));
  }

  capabilities(): { readonly reloadEnvironment: boolean } {
    return { reloadEnvironment: false };
  }

  async dryRun({ disableBail, coverageAnalysis }: DryRun) {
    const tests = await this.#run(disableBail);
    const mutantCoverage = coverageAnalysis === 'off' ? undefined : instrumented.mutantCoverage;
    return { status: 'complete', tests, mutantCoverage };
  }

  async mutantRun({ activeMutant, mutantActivation, testFilter, hitLimit, disableBail }: MutantRun) {
    instrumented.hitLimit = hitLimit;
    instrumented.hitCount = hitLimit === undefined ? undefined : 0;
    // A mutant that acts while files are loaded is given a process of its own.
    if (mutantActivation === 'static') instrumented.activeMutant = activeMutant.id;
    await this.#load();
    instrumented.activeMutant = activeMutant.id;
    this.#choose(testFilter);
    const tests = await this.#run(disableBail);
    if (hitLimit !== undefined && (instrumented.hitCount ?? 0) > hitLimit) {
      return { status: 'timeout', reason: 'the same code was run too often' };
    }
    return judge(tests);
  }

  async #load(): Promise<void> {
    if (this.#isLoaded) return;
    this.#isLoaded = true;
    this.#mocha.cleanReferencesAfterRun(false);
    for (const file of this.#files) this.#mocha.addFile(file);
    this.#mocha.suite.beforeEach(function () {
      instrumented.currentTestId = this.currentTest?.fullTitle();
    });
    await this.#mocha.loadFilesAsync();
  }

  #choose(titles: readonly string[] | undefined): void {
    const whole = titles?.map((title) => `^${escaped(title)}$`).join('|');
    this.#mocha.grep(new RegExp(whole ?? ''));
  }

  async #run(disableBail: boolean): Promise<readonly TestResult[]> {
    await this.#load();
    setBail(this.#mocha.suite, !disableBail);
    const results: TestResult[] = [];
    await new Promise<void>((resolve) => {
      const runner = this.#mocha.run(() => resolve());
      runner.on('pass', (test) => results.push(toResult(test, 'passed')));
      runner.on('pending', (test) => results.push(toResult(test, 'pending')));
      runner.on('fail', (test, error) =>
        results.push({ ...toResult(test, 'failed'), failureMessage: String(error?.message ?? error) }),
      );
    });
    return results;
  }
}

/** A hook that fails is counted for the test that it was for. */
function toResult(runnable: Mocha.Runnable, status: keyof typeof statuses): TestResult {
  const test = runnable.ctx?.currentTest ?? runnable;
  const title = test.fullTitle();
  const { file, duration = 0 } = test;
  return { id: title, name: title, fileName: file, timeSpentMs: duration, status: statuses[status] };
}

function judge(tests: readonly TestResult[]) {
  const failed = tests.filter(({ status }) => status === statuses.failed);
  const nrOfTests = tests.filter(({ status }) => status !== statuses.pending).length;
  if (nrOfTests === 0) return { status: 'error', errorMessage: 'no test was run' };
  const [first] = failed;
  if (first === undefined) return { status: 'survived', nrOfTests };
  return {
    status: 'killed',
    nrOfTests,
    killedBy: failed.map(({ id }) => id),
    failureMessage: first.failureMessage,
  };
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

function setBail(suite: Mocha.Suite, isOn: boolean): void {
  suite.bail(isOn);
  for (const child of suite.suites) setBail(child, isOn);
}

/** Our option: which tests are run. Stryker's own `testFiles` would keep what acts while files are loaded from acting. */
export const strykerValidationSchema = {
  properties: { suites: { type: 'array', items: { type: 'string' } } },
};

export const strykerPlugins = [{ kind: 'TestRunner', name: 'mocha', injectableClass: MochaRunner }];
