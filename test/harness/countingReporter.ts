/** Mocha's `spec` report, which also tells the counts to the harness, and which tests need a look. */

import Mocha from 'mocha';
import { writeCounts } from './counts.ts';

const { EVENT_TEST_FAIL, EVENT_TEST_RETRY } = Mocha.Runner.constants;

export default class CountingReporter extends Mocha.reporters.Spec {
  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    const notes: string[] = [];
    // What comes from a process beside this one is no longer an error by its class.
    const note = (what: string) => (test: Mocha.Test, error: { readonly message?: string }) => {
      const [reason = ''] = String(error?.message ?? error).split('\n');
      notes.push(`${what}: ${test.titlePath().join(' › ')} (${reason})`);
    };
    runner.on(EVENT_TEST_FAIL, note('failed'));
    runner.on(EVENT_TEST_RETRY, note('tried again'));
    runner.once('end', () => {
      writeCounts({ passed: runner.stats?.passes ?? 0, failed: runner.stats?.failures ?? 0, notes });
    });
  }
}
