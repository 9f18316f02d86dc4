/** Small forms of questions one after the other, with a way back to each. */

/** `back` to the question before; `cancel` leaves the form. */
export type StepAnswer<Draft> = { readonly draft: Draft } | 'back' | 'cancel';

/** Where a question stands: the first is 1. */
export interface StepPlace {
  readonly step: number;
  readonly total: number;
}

export interface Step<Draft> {
  /** Whether it is asked, after what was answered so far. */
  isAsked(draft: Draft): boolean;
  ask(draft: Draft, place: StepPlace): Promise<StepAnswer<Draft>>;
}

/**
 * Asks each question that is to be asked. Back from the first leaves the form.
 *
 * @returns what was answered in all; `undefined` when the form was left
 */
export async function walkSteps<Draft>(
  steps: readonly Step<Draft>[],
  first: Draft,
): Promise<Draft | undefined> {
  const drafts: Draft[] = [];
  const asked: number[] = [];
  let draft = first;
  let index = nextOf(steps, 0, draft);
  while (index !== undefined) {
    const place = { step: asked.length + 1, total: totalOf(steps, asked.length, index, draft) };
    const answer = await steps[index]?.ask(draft, place);
    if (answer === undefined || answer === 'cancel') return undefined;
    if (answer === 'back') {
      const before = drafts.pop();
      if (before === undefined) return undefined;
      draft = before;
      index = asked.pop();
    } else {
      drafts.push(draft);
      asked.push(index);
      draft = answer.draft;
      index = nextOf(steps, index + 1, draft);
    }
  }
  return draft;
}

function nextOf<Draft>(steps: readonly Step<Draft>[], from: number, draft: Draft): number | undefined {
  const index = steps.findIndex((step, at) => at >= from && step.isAsked(draft));
  return index === -1 ? undefined : index;
}

/** Questions that were asked, and those that are still to come as far as is known. */
function totalOf<Draft>(steps: readonly Step<Draft>[], asked: number, index: number, draft: Draft): number {
  return asked + steps.slice(index).filter((step) => step.isAsked(draft)).length;
}
