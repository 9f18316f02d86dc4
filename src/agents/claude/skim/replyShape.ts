/** What is looked for on a line that logs a response, and where it stands there. */

import type { Shape } from './jsonWalk.ts';
import { Names } from './names.ts';

/** The numbers of the fields. */
export const field = {
  type: 0,
  uuid: 1,
  timestamp: 2,
  sessionId: 3,
  isSidechain: 4,
  agentId: 5,
  cwd: 6,
  gitBranch: 7,
  requestId: 8,
  effort: 9,
  message: 10,
  /** What a line seldom has, and then has to be read for. */
  rest: 11,
  id: 12,
  model: 13,
  content: 14,
  stopReason: 15,
  usage: 16,
  input: 17,
  output: 18,
  cacheRead: 19,
  cacheWrite: 20,
  cacheWrites: 21,
  write5m: 22,
  write1h: 23,
  serverTools: 24,
  webSearches: 25,
  outputDetails: 26,
  thinking: 27,
  serviceTier: 28,
  speed: 29,
  region: 30,
  iterations: 31,
} as const;

export const fieldCount = 32;

const usage: Shape = {
  names: new Names({
    input_tokens: field.input,
    output_tokens: field.output,
    cache_read_input_tokens: field.cacheRead,
    cache_creation_input_tokens: field.cacheWrite,
    cache_creation: field.cacheWrites,
    server_tool_use: field.serverTools,
    output_tokens_details: field.outputDetails,
    service_tier: field.serviceTier,
    speed: field.speed,
    inference_geo: field.region,
    iterations: field.iterations,
  }),
  inner: {
    [field.cacheWrites]: innermost({
      ephemeral_5m_input_tokens: field.write5m,
      ephemeral_1h_input_tokens: field.write1h,
    }),
    [field.serverTools]: innermost({ web_search_requests: field.webSearches }),
    [field.outputDetails]: innermost({ thinking_tokens: field.thinking }),
  },
};

const message: Shape = {
  names: new Names({
    id: field.id,
    model: field.model,
    content: field.content,
    stop_reason: field.stopReason,
    usage: field.usage,
  }),
  inner: { [field.usage]: usage },
};

export const replyShape: Shape = {
  names: new Names({
    type: field.type,
    uuid: field.uuid,
    timestamp: field.timestamp,
    sessionId: field.sessionId,
    isSidechain: field.isSidechain,
    agentId: field.agentId,
    cwd: field.cwd,
    gitBranch: field.gitBranch,
    requestId: field.requestId,
    effort: field.effort,
    message: field.message,
    requestSessionId: field.rest,
    costUSD: field.rest,
    durationMs: field.rest,
  }),
  inner: { [field.message]: message },
};

function innermost(fields: Readonly<Record<string, number>>): Shape {
  return { names: new Names(fields), inner: {} };
}
