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
  /** Whether it must be told the name of a model, may be, or has only one and is not. */
  readonly named: 'always' | 'optionally' | 'never';
}

/** By the value of the setting. */
export const engineKinds = {
  ollama: { name: 'Ollama', protocol: ollama, usualUrl: 'http://127.0.0.1:11434', named: 'always' },
  'llama.cpp': {
    name: 'llama.cpp',
    protocol: llamaCpp,
    usualUrl: 'http://127.0.0.1:8080',
    named: 'optionally',
  },
  vllm: { name: 'vLLM', protocol: vllm, usualUrl: 'http://127.0.0.1:8000', named: 'optionally' },
  tgi: {
    name: 'Text Generation Inference',
    protocol: textGenerationInference,
    usualUrl: 'http://127.0.0.1:8080',
    named: 'never',
  },
  'tensorrt-llm': {
    name: 'TensorRT-LLM',
    protocol: tensorRtLlm,
    usualUrl: 'http://127.0.0.1:8000',
    named: 'always',
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
      /** Whether the name of the model is told to the engine. */
      readonly tellsModel: boolean;
    };

export type EngineRefusal = 'badUrl' | 'notLoopback' | 'noModel';

export function localEngine(choice: EngineChoice): LocalEngine {
  if (!isEngineKind(choice.kind)) return { kind: 'none' };
  const { name, protocol, usualUrl, named }: EngineKind = engineKinds[choice.kind];
  const refused = (reason: EngineRefusal) => ({ kind: 'refused', name, reason }) as const;
  const url = parseServerUrl(choice.url.trim() || usualUrl);
  const model = choice.model.trim();
  if (url === null) return refused('badUrl');
  if (!url.isLoopback && !choice.allowRemote) return refused('notLoopback');
  if (named === 'always' && model === '') return refused('noModel');
  return { kind: 'ready', name, protocol, url, model, tellsModel: named !== 'never' && model !== '' };
}

function isEngineKind(kind: string): kind is keyof typeof engineKinds {
  return Object.hasOwn(engineKinds, kind);
}
