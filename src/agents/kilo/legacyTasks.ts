/** Tasks of the Kilo Code extension before it was rebuilt in 2026, in the files of Roo Code. */

import type { LogFormat, LogRoot, SurveyedMachine } from '../reader.ts';
import { rooInputKinds } from '../roo/inputKind.ts';
import { extensionRoots, taskFormatOf } from '../tasks/taskLog.ts';

export function legacyTaskRoots(machine: SurveyedMachine): readonly LogRoot[] {
  return extensionRoots(machine, 'kilocode.kilo-code');
}

export function legacyTaskFormat(relativePath: string): LogFormat | null {
  return taskFormatOf({ agent: 'kilo', inputKinds: rooInputKinds }, relativePath);
}
