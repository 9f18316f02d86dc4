/** Tasks of the Kilo Code extension, and of its command line, before they were rebuilt in 2026, in the files of Roo Code. */

import { expandHome } from '../folders.ts';
import type { LogFormat, LogRoot, SurveyedMachine } from '../reader.ts';
import { rooInputKinds } from '../roo/inputKind.ts';
import { extensionRoots, taskFormatOf } from '../tasks/taskLog.ts';

export function legacyTaskRoots(machine: SurveyedMachine): readonly LogRoot[] {
  return [
    ...extensionRoots(machine, 'kilocode.kilo-code'),
    { path: expandHome(machine, '~/.kilocode/cli/global') },
  ];
}

export function legacyTaskFormat(relativePath: string): LogFormat | null {
  return taskFormatOf({ agent: 'kilo', inputKinds: rooInputKinds }, relativePath);
}
