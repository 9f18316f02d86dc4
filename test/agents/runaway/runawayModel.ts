/** A model that asks for tools for ever, until it is told to behave; the money of what it served. */

import { type Pico, pico } from '../../../src/domain/money.ts';
import { parseCatalogue } from '../../../src/pricing/parseCatalogue.ts';
import { createPricer, type Pricer } from '../../../src/pricing/price.ts';
import { catalogue } from '../followingLedger.ts';
import { lines } from '../model/lines.ts';
import type { ServedReply } from '../model/loopbackModel.ts';
import type { Reply, Script, Step, Usage } from '../model/script.ts';
import { ask, say, shell, spawn, usage } from '../model/steps.ts';

/** A script that can be calmed while it is played. */
export interface RunawayScript {
  readonly script: Script;
  /** From now on each actor asks for one more tool and is done. */
  calm(): void;
}

/** @param helpers sub-agents that the main loop starts first, each as endless as itself */
export function runawayScript(helpers: readonly string[] = []): RunawayScript {
  let calmed: Script | undefined;
  const wild = lines({
    main: [...helpers.map((helper) => ask(spawn(helper))), onAndOn],
    ...Object.fromEntries(helpers.map((helper) => [helper, [onAndOn]])),
  });
  return {
    script: (call) => priced(call.number, distinct(call.number, (calmed ?? wild)(call))),
    calm: () => {
      calmed = lines({ main: [onAndOn, say('Done at last.')] });
    },
  };
}

const onAndOn = ask(shell('echo on and on'));

/** Some agents stop a model that asks for the same thing again and again. */
function distinct(callNumber: number, step: Step | undefined): Step | undefined {
  return step === onAndOn ? ask(shell(`echo on and on ${callNumber}`)) : step;
}

function priced(callNumber: number, step: Step | undefined): Step | undefined {
  return step?.kind === 'reply' ? ({ ...step, usage: figures(callNumber) } satisfies Reply) : step;
}

/** All but the same from call to call, so that a limit in money is one in calls. */
function figures(callNumber: number): Usage {
  return usage({ uncachedInput: 2_000, cacheRead: 8_000, output: 300 + callNumber });
}

/** What calls to a model cost. @param calls may be a fraction: of the last call, its share */
export function costOfCalls(model: string, calls: number): Pico {
  const whole = Math.floor(calls);
  const costs = Array.from({ length: whole + 1 }, (_, index) => costOf(model, figures(index + 1)));
  const share = BigInt(Math.round((calls - whole) * 1_000));
  return pico(sum(costs.slice(0, whole)) + ((costs[whole] ?? 0n) * share) / 1_000n);
}

/** What each response cost, in order. */
export function costsOf(served: readonly ServedReply[]): Pico[] {
  return served.map(({ model, usage: { tokens } }) => costOf(model, { tokens, webSearches: 0, terms: {} }));
}

const price: Pricer = createPricer(parseCatalogue(catalogue));

function costOf(model: string, { tokens }: Usage): Pico {
  const plain = { webSearches: 0, terms: {}, quality: 'exact', circumstances: {} } as const;
  const priced = price({ model, atMs: Date.now(), tokens, ...plain });
  if (priced.kind === 'unpriced') throw new Error(`${model} has no price: ${priced.reason}`);
  return priced.cost;
}

export function sum(amounts: readonly bigint[]): bigint {
  return amounts.reduce((total, amount) => total + amount, 0n);
}
