/** Answers in place of the user what the extension asks, and keeps what was asked. */

import {
  commands,
  type InputBoxOptions,
  type MessageItem,
  type QuickPickItem,
  type QuickPickOptions,
  window,
} from 'vscode';

export interface Asked {
  /** The entries of the last list, `label | description | detail`, without separators. */
  entries: readonly string[];
  /** Messages in their order, each with its detail and its buttons: `text | detail | button | button`. */
  messages: string[];
  inputs: string[];
}

export interface Answers {
  /** Part of the label to pick, of each list in turn; all that have it where several can be. Nothing is picked without. */
  pick?: string | readonly string[];
  /** Title of the button to press, if the message has it. */
  press?: string;
  /** What to type, into each box in turn. */
  type?: string | readonly string[];
}

type Items = readonly QuickPickItem[] | PromiseLike<readonly QuickPickItem[]>;
const separator = -1;

/** Runs a command whose questions are answered so. */
export async function runAnswering(command: string, answers: Answers): Promise<Asked> {
  const asked: Asked = { entries: [], messages: [], inputs: [] };
  const picks = toTurns(answers.pick);
  const texts = toTurns(answers.type);
  const own = { ...window };
  const message = async (text: string, ...rest: (string | MessageItem | { detail?: string })[]) => {
    const parts = rest.map(titleOf).filter((part) => part !== '');
    asked.messages.push([text, ...parts].join(' | '));
    return rest.find((one) => answers.press !== undefined && titleOf(one) === answers.press);
  };
  const replaced = {
    showQuickPick: async (items: Items, { canPickMany = false }: QuickPickOptions = {}) => {
      const entries = (await items).filter(({ kind }) => kind !== separator);
      asked.entries = entries.map(({ label, description, detail }) =>
        [label, description, detail].filter((part) => part).join(' | '),
      );
      const pick = picks();
      const picked = entries.filter(({ label }) => pick !== undefined && label.includes(pick));
      return canPickMany ? picked : picked[0];
    },
    showInputBox: async ({ title = '' }: InputBoxOptions = {}) => {
      asked.inputs.push(title);
      return texts();
    },
    showInformationMessage: message,
    showWarningMessage: message,
    showErrorMessage: message,
  };
  Object.assign(window, replaced);
  try {
    await commands.executeCommand(command);
    return asked;
  } finally {
    for (const name of Object.keys(replaced))
      Object.assign(window, { [name]: own[name as keyof typeof own] });
  }
}

/** One answer for all questions, or one for each in turn and none after the last. */
function toTurns(answers: string | readonly string[] | undefined): () => string | undefined {
  const left = typeof answers === 'object' ? [...answers] : undefined;
  return () => (left ? left.shift() : (answers as string | undefined));
}

function titleOf(part: string | MessageItem | { detail?: string }): string {
  if (typeof part === 'string') return part;
  return 'title' in part ? part.title : (part.detail ?? '');
}
