/** What commands about guards load. Nothing is put into agents' files by itself: they are their user's. */

import { showExamination } from './examination.ts';
import { freeAgents } from './freeing.ts';
import { guardAgents } from './guarding.ts';
import { guardStateOf } from './guardState.ts';
import { interruptProcess, processOf } from './reaching.ts';

export const guards = {
  guardAgents,
  freeAgents,
  showExamination,
  guardStateOf,
  processOf,
  interruptProcess,
};
