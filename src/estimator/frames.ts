/** What a message costs beside its text: marks of who speaks, and of where the reply begins. */

/** In tokens. `null` is not known. */
export interface MessageFrame {
  /** Of a request with a single message, the start of the reply included. */
  readonly firstTokens: number;
  /** Of each further message. */
  readonly furtherTokens: number;
  /** Of having tools at all, and of each tool beside the text of its definition. */
  readonly toolsTokens: number | null;
  readonly perToolTokens: number | null;
}

/** Three a message, one for the role, three for the start of the reply; tools as OpenAI's cookbook counts them. */
export const openAiFrame: MessageFrame = {
  firstTokens: 7,
  furtherTokens: 4,
  toolsTokens: 12,
  perToolTokens: 7,
};

/** As measured for GPT-5 by `ai-tokenizer` 1.0.6. */
export const gpt5Frame: MessageFrame = {
  firstTokens: 9,
  furtherTokens: 4,
  toolsTokens: 24,
  perToolTokens: 6,
};

/** The first message by recorded answers of the counting endpoint; tools as `ai-tokenizer` measured them for 4.5. */
const claudeTools = { furtherTokens: 3, toolsTokens: 549, perToolTokens: 53 } as const;
export const claude3Frame: MessageFrame = { firstTokens: 7, ...claudeTools };
export const claude47Frame: MessageFrame = { firstTokens: 11, ...claudeTools };
export const claude5Frame: MessageFrame = { firstTokens: 6, ...claudeTools };

/** By the chat templates that are published with these models. How tools are written differs by who serves them. */
const templateTools = { toolsTokens: null, perToolTokens: null } as const;
export const gemmaFrame: MessageFrame = { firstTokens: 9, furtherTokens: 5, ...templateTools };
export const llamaFrame: MessageFrame = { firstTokens: 10, furtherTokens: 5, ...templateTools };
export const qwenFrame: MessageFrame = { firstTokens: 8, furtherTokens: 5, ...templateTools };
export const deepSeekFrame: MessageFrame = { firstTokens: 3, furtherTokens: 2, ...templateTools };
export const mistralFrame: MessageFrame = { firstTokens: 3, furtherTokens: 2, ...templateTools };
