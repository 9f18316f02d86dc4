/**
 * Aider's architect mode: one model says what to change, and another edits. The editor is asked by a prompt that repeats
 * what the architect has answered, which its history has like any other; nothing else tells whose a report is.
 */

export interface Editing {
  /** The editor; empty where Aider is in another mode. */
  editor: string;
  /** The end of the last prompt, and of what was answered to it so far. */
  asked: string;
  said: string;
  /** Whether the editor was asked last. */
  isEditing: boolean;
}

export function newEditing(editor = ''): Editing {
  return { editor, asked: '', said: '', isEditing: false };
}

/** Enough to tell an answer from another. */
const keptCharacters = 200;

/**
 * Takes the next line of a prompt.
 *
 * @param isFirst whether the prompt begins with it
 */
export function hearPrompt(editing: Editing, line: string, isFirst: boolean): void {
  editing.asked = withLine(isFirst ? '' : editing.asked, line);
}

/** Whether the prompt that has ended was for the editor: from now on it is answered. */
export function endPrompt(editing: Editing): boolean {
  const { asked, said } = editing;
  // What looks like a prompt in an answer hides what came before it.
  const isSame = asked !== '' && said !== '' && (said.endsWith(asked) || asked.endsWith(said));
  Object.assign(editing, { said: '', isEditing: isSame });
  return isSame;
}

export function hearAnswer(editing: Editing, line: string): void {
  editing.said = withLine(editing.said, line);
}

/** Quotes are left out, as in a history what Aider itself says looks the same. */
function withLine(text: string, line: string): string {
  const words = line.trim().slice(0, keptCharacters);
  return words === '' || words.startsWith('>') ? text : `${text}\n${words}`.slice(-keptCharacters);
}
