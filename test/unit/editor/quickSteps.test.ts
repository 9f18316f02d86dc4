import assert from 'node:assert/strict';
import { type Step, type StepAnswer, walkSteps } from '../../../src/editor/quickSteps.ts';

type Draft = readonly string[];

/** A form whose answers are given in turn; keeps which questions were asked. */
function form(names: readonly string[], answers: readonly string[]) {
  const asked: string[] = [];
  const left = [...answers];
  const steps = names.map(
    (name): Step<Draft> => ({
      isAsked: (draft) => name !== 'model' || draft.includes('by model'),
      ask: async (draft, { step, total }): Promise<StepAnswer<Draft>> => {
        asked.push(`${name} ${step}/${total}`);
        const answer = left.shift() ?? 'cancel';
        return answer === 'back' || answer === 'cancel' ? answer : { draft: [...draft, answer] };
      },
    }),
  );
  return { asked, answer: () => walkSteps<Draft>(steps, []) };
}

describe('a form', () => {
  it('asks one question after the other', async () => {
    const { asked, answer } = form(['time', 'limit'], ['day', '5']);
    assert.deepEqual(await answer(), ['day', '5']);
    assert.deepEqual(asked, ['time 1/2', 'limit 2/2']);
  });

  it('asks a question only where an answer calls for it', async () => {
    assert.deepEqual(await form(['scope', 'model', 'limit'], ['all', '5']).answer(), ['all', '5']);
    const { asked, answer } = form(['scope', 'model', 'limit'], ['by model', 'opus', '5']);
    assert.deepEqual(await answer(), ['by model', 'opus', '5']);
    assert.deepEqual(asked, ['scope 1/2', 'model 2/3', 'limit 3/3']);
  });

  it('goes back over what was not asked, and forgets what was answered there', async () => {
    const { asked, answer } = form(['scope', 'model', 'limit'], ['all', 'back', 'by model', 'opus', '5']);
    assert.deepEqual(await answer(), ['by model', 'opus', '5']);
    assert.deepEqual(asked, ['scope 1/2', 'limit 2/2', 'scope 1/2', 'model 2/3', 'limit 3/3']);
  });

  it('is left by going back from its first question, and from any by giving up', async () => {
    assert.equal(await form(['time', 'limit'], ['back']).answer(), undefined);
    assert.equal(await form(['time', 'limit'], ['day', 'cancel']).answer(), undefined);
  });
});
