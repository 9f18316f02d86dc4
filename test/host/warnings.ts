/** The warnings of a window, for who must know of them or wait for them. */

import { window } from 'vscode';

/** Takes the place of VS Code's own, records what is said and gives the answer of an item's title. */
export function recordWarnings(answer?: string): { readonly said: string[]; restore(): void } {
  const own = window.showWarningMessage;
  const said: string[] = [];
  window.showWarningMessage = async (message: string, ...items: unknown[]) => {
    said.push(message);
    return items.find((item) => item === answer) as never;
  };
  return {
    said,
    restore: () => {
      window.showWarningMessage = own;
    },
  };
}
