/** The questions of a form, as lists and boxes with a back button. */

import { type Disposable, QuickInputButtons, type QuickPickItem, window } from 'vscode';
import type { StepAnswer, StepPlace } from './quickSteps.ts';

interface Question {
  readonly title: string;
  readonly place: StepPlace;
}

export interface ListQuestion<Item extends QuickPickItem> extends Question {
  readonly placeholder: string;
  readonly items: readonly Item[];
  /** The entry that the keyboard stands on first. */
  readonly active?: Item | undefined;
}

export interface BoxQuestion extends Question {
  readonly prompt: string;
  readonly value: string;
  /** What is wrong with an input; `undefined` where nothing is. */
  problemOf(input: string): string | undefined;
}

type Answer<Value> = { readonly value: Value } | 'back' | 'cancel';

export async function askByList<Item extends QuickPickItem, Draft>(
  question: ListQuestion<Item>,
  toDraft: (item: Item) => Draft,
): Promise<StepAnswer<Draft>> {
  const list = window.createQuickPick<Item>();
  list.placeholder = question.placeholder;
  list.items = question.items;
  list.matchOnDescription = true;
  if (question.active) list.activeItems = [question.active];
  return answered(list, question, toDraft, (tell) =>
    list.onDidAccept(() => {
      const [picked] = list.selectedItems;
      if (picked !== undefined) tell(picked);
    }),
  );
}

export async function askByBox<Draft>(
  question: BoxQuestion,
  toDraft: (input: string) => Draft,
): Promise<StepAnswer<Draft>> {
  const box = window.createInputBox();
  box.prompt = question.prompt;
  box.value = question.value;
  const validate = () => {
    box.validationMessage = question.problemOf(box.value);
    return box.validationMessage === undefined;
  };
  const validating = box.onDidChangeValue(validate);
  const answer = await answered(box, question, toDraft, (tell) =>
    box.onDidAccept(() => {
      if (validate()) tell(box.value);
    }),
  );
  validating.dispose();
  return answer;
}

type Input = ReturnType<typeof window.createInputBox> | ReturnType<typeof window.createQuickPick>;

/** Shows the input until it is answered, left, or gone back from. */
async function answered<Value, Draft>(
  input: Pick<Input, 'buttons' | 'dispose' | 'ignoreFocusOut' | 'show' | 'step' | 'title' | 'totalSteps'> & {
    readonly onDidHide: Input['onDidHide'];
    readonly onDidTriggerButton: Input['onDidTriggerButton'];
  },
  { title, place }: Question,
  toDraft: (value: Value) => Draft,
  listen: (tell: (value: Value) => void) => Disposable,
): Promise<StepAnswer<Draft>> {
  input.title = title;
  input.step = place.step;
  input.totalSteps = place.total;
  input.ignoreFocusOut = true;
  if (place.step > 1) input.buttons = [QuickInputButtons.Back];
  const listeners: Disposable[] = [];
  const answer = await new Promise<Answer<Value>>((resolve) => {
    listeners.push(
      listen((value) => resolve({ value })),
      input.onDidTriggerButton(() => resolve('back')),
      input.onDidHide(() => resolve('cancel')),
    );
    input.show();
  });
  for (const listener of listeners) listener.dispose();
  input.dispose();
  return typeof answer === 'string' ? answer : { draft: toDraft(answer.value) };
}
