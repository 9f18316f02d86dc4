/** Mocha's `spec` report, which also tells the counts to the harness. */

import Mocha from 'mocha';
import { writeCounts } from './counts.ts';

export default class CountingReporter extends Mocha.reporters.Spec {
  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    runner.once('end', () => {
      writeCounts({ passed: runner.stats?.passes ?? 0, failed: runner.stats?.failures ?? 0 });
    });
  }
}
