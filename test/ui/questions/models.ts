/** A model that VS Code has from an extension, whose tokenizer makes a token of each word. */

import { type Disposable, lm } from 'vscode';

/** Newer than the types that the product is built with. */
interface Providing {
  registerLanguageModelChatProvider(vendor: string, provider: object): Disposable;
}

export function provideModels(): Disposable {
  return (lm as typeof lm & Providing).registerLanguageModelChatProvider('tides', {
    provideLanguageModelChatInformation: () => [
      {
        id: 'tide-1',
        name: 'Tide One',
        family: 'gpt-5.5',
        version: '1',
        maxInputTokens: 8192,
        maxOutputTokens: 1024,
        // Without tools chat would not have it for its agent.
        capabilities: { toolCalling: true },
      },
    ],
    provideLanguageModelChatResponse: () => Promise.reject(new Error('nothing may be generated')),
    provideTokenCount: async (_model: unknown, text: string) => text.trim().split(/\s+/).length,
  });
}
