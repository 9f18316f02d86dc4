/** The engines that a user can name in the settings, and whether what they named can be asked. */

import { llamaCpp } from './llamaCpp.ts';
import { ollama } from './ollama.ts';
import type { Protocol } from './protocol.ts';
import { parseServerUrl, type ServerUrl } from './serverUrl.ts';
import { tensorRtLlm } from './tensorRtLlm.ts';
import { textGenerationInference } from './textGenerationInference.ts';
import { vllm } from './vllm.ts';

export interface EngineKind {
  /** Its makers' name for it. */
  readonly name: string;
  readonly protocol: Protocol;
  /** Where it listens unless told otherwise. */
  readonly usualUrl: string;
  /** Whether it cannot go without the name of a model. */
  readonly needsModel: boolean;
}

/** By the value of the setting. */
export const engineKinds = {
  ollama: { name: 'Ollama', protocol: ollama, usualUrl: 'http://127.0.0.1:11434', needsModel: true },
  'llama.cpp': {
    name: 'llama.cpp',
    protocol: llamaCpp,
    usualUrl: 'http://127.0.0.1:8080',
    needsModel: false,
  },
  vllm: { name: 'vLLM', protocol: vllm, usualUrl: 'http://127.0.0.1:8000', needsModel: false },
  tgi: {
    name: 'Text Generation Inference',
    protocol: textGenerationInference,
    usualUrl: 'http://127.0.0.1:8080',
    needsModel: false,
  },
  'tensorrt-llm': {
    name: 'TensorRT-LLM',
    protocol: tensorRtLlm,
    usualUrl: 'http://127.0.0.1:8000',
    needsModel: true,
  },
} as const satisfies Readonly<Record<string, EngineKind>>;

/** What the settings say. */
export interface EngineChoice {
  /** A key of {@link engineKinds}; anything else is no engine. */
  readonly kind: string;
  /** Empty for the usual one. */
  readonly url: string;
  readonly model: string;
  readonly allowRemote: boolean;
}

export type LocalEngine =
  | { readonly kind: 'none' }
  | { readonly kind: 'refused'; readonly name: string; readonly reason: EngineRefusal }
  | {
      readonly kind: 'ready';
      readonly name: string;
      readonly protocol: Protocol;
      readonly url: ServerUrl;
      readonly model: string;
    };

export type EngineRefusal = 'badUrl' | 'notLoopback' | 'noModel';

export function localEngine(choice: EngineChoice): LocalEngine {
  if (!isEngineKind(choice.kind)) return { kind: 'none' };
  const { name, protocol, usualUrl, needsModel } = engineKinds[choice.kind];
  const refused = (reason: EngineRefusal) => ({ kind: 'refused', name, reason }) as const;
  const url = parseServerUrl(choice.url.trim() || usualUrl);
  const model = choice.model.trim();
  if (url === null) return refused('badUrl');
  if (!url.isLoopback && !choice.allowRemote) return refused('notLoopback');
  if (needsModel && model === '') return refused('noModel');
  return { kind: 'ready', name, protocol, url, model };
}

function isEngineKind(kind: string): kind is keyof typeof engineKinds {
  return Object.hasOwn(engineKinds, kind);
}
