/** Assembling a prompt as an agent would: the files that it names and those that the agent loads by itself. */

import { outsideCode } from './codeSpans.ts';
import { isInstructionFile, toImportedParts, toLoadedParts } from './loaded.ts';
import { findNamed, toNamedParts } from './named.ts';
import type { Assembly } from './parts.ts';
import { findReferences } from './references.ts';
import { beginRound, type Prompt, type Round, type RoundParts } from './round.ts';

/** What is sent comes before what is only named, so that a file in both ways counts as sent. */
export async function assemble(prompt: Prompt, parts: RoundParts): Promise<Assembly> {
  const round = await beginRound(prompt, parts);
  try {
    const found = await (isInstructionFile(round) ? assembleInstructions(round) : assemblePrompt(round));
    const { isCut, wasLate } = round.files;
    return { parts: found.parts, isCut: found.isCut || isCut || round.isFull(), isUnfinished: wasLate };
  } finally {
    parts.known.endRound();
  }
}

type Found = Omit<Assembly, 'isUnfinished'>;

async function assemblePrompt(round: Round): Promise<Found> {
  const { names, isCut } = await findNamed(round);
  const sent = names.filter(({ isSent }) => isSent);
  const namedParts = await toNamedParts(sent, round);
  const loadedParts = await toLoadedParts(
    sent.filter(({ state }) => state.kind === 'file').map(({ path }) => path),
    round,
  );
  const restParts = await toNamedParts(
    names.filter(({ isSent }) => !isSent),
    round,
  );
  return { parts: [...loadedParts, ...namedParts, ...restParts], isCut };
}

/** An instruction file that is being written: the agent imports what it mentions outside of code. */
async function assembleInstructions(round: Round): Promise<Found> {
  const { text, document } = round.prompt;
  const { references, isCut } = findReferences(text, outsideCode(text));
  const imports = references.filter(({ syntax }) => syntax === 'mention');
  const imported = await toImportedParts(imports, document ?? '', round.agent.importHops, round);
  return { parts: [...(await toLoadedParts([], round)), ...imported], isCut };
}
