/** What variances say of each family of models, worked out when it is first asked for. */

import type { Variance } from '../domain/variance.ts';
import { type Baseline, baselinesOf } from '../estimator/baseline.ts';
import { type Calibration, calibrate } from '../estimator/calibration.ts';

/** A family of models as far as variances are told apart by it. */
export interface Kin {
  /** Models of which variances hold for each other give the same. */
  readonly identity: unknown;
  /** See `Variance.scale`. */
  readonly scale: number;
  readonly isExact: boolean;
}

interface Learned {
  readonly projectPath: string | null;
  readonly calibration: Calibration | null;
  readonly baselines: readonly Baseline[];
}

export class Calibrations {
  readonly #kinOf: (model: string) => Kin;
  /** For each family what is known of the project that was asked for last. */
  readonly #learned = new Map<unknown, Learned>();
  #newestFirst: readonly Variance[] = [];

  constructor(kinOf: (model: string) => Kin) {
    this.#kinOf = kinOf;
  }

  /** Takes the place of all that was learned before. */
  replace(variances: readonly Variance[]): void {
    this.#newestFirst = variances.toSorted((a, b) => b.atMs - a.atMs);
    this.#learned.clear();
  }

  /** `null` before the first receipt, and where counts are exact. */
  calibrationOf(model: string, projectPath: string | null): Calibration | null {
    return this.#learn(model, projectPath).calibration;
  }

  baselinesOf(model: string, projectPath: string | null): readonly Baseline[] {
    return this.#learn(model, projectPath).baselines;
  }

  #learn(model: string, projectPath: string | null): Learned {
    const kin = this.#kinOf(model);
    const known = this.#learned.get(kin.identity);
    if (known?.projectPath === projectPath) return known;
    const own = this.#newestFirst.filter((variance) => isOf(kin, this.#kinOf(variance.model), variance));
    const additions = own.filter(({ kind }) => kind === 'addition');
    const openings = own.filter(({ kind }) => kind === 'opening');
    const calibration = kin.isExact || additions.length === 0 ? null : calibrate(additions, projectPath);
    const baselines = baselinesOf(openings, calibration?.factor ?? 1, projectPath);
    const learned = { projectPath, calibration, baselines };
    this.#learned.set(kin.identity, learned);
    return learned;
  }
}

function isOf(kin: Kin, other: Kin, { scale }: Variance): boolean {
  return other.identity === kin.identity && scale === kin.scale;
}
