/** Taking rights away, which the superuser has to give up first. */

import { chmodSync } from 'node:fs';

const nobody = 65534;

/** Why rights cannot be tested here; `null` where they can. */
export const noRightsReason = process.platform === 'win32' ? 'Windows has no permission bits' : null;

/** Runs `work` as somebody who may write into `shared` but has no right to what belongs to the superuser alone. */
export async function asNobody<Result>(
  shared: readonly string[],
  work: () => Promise<Result>,
): Promise<Result> {
  if (process.geteuid?.() !== 0) return work();
  for (const path of shared) chmodSync(path, 0o777);
  process.seteuid?.(nobody);
  try {
    return await work();
  } finally {
    process.seteuid?.(0);
  }
}
