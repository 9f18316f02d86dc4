/** Somebody to talk to in VS Code's chat, who needs no account and asks no model. */

import { chat, type Disposable } from 'vscode';

export function joinChat(): Disposable {
  return chat.createChatParticipant('tokenburn-test.harbour', (request, _context, stream) => {
    stream.markdown(`High water at noon, as for ${request.prompt.length} letters.`);
  });
}
