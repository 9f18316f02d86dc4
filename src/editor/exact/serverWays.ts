/** Ways that lead to a server: an engine of the user's, or the endpoint of the model's maker. */

import { anthropic, anthropicUrl } from '../../engines/anthropic.ts';
import { countTokens } from '../../engines/countTokens.ts';
import { google, googleUrl } from '../../engines/google.ts';
import type { LocalEngine } from '../../engines/localEngine.ts';
import type { Protocol } from '../../engines/protocol.ts';
import type { KeyVendor } from './apiKeys.ts';
import type { Way } from './way.ts';

export function engineWay(engine: Extract<LocalEngine, { kind: 'ready' }>): Way {
  const { name, protocol, url, model, tellsModel } = engine;
  const relay = protocol.relaysTo?.(model) ?? null;
  return {
    source: 'engine',
    model,
    family: model,
    modelName: model === '' ? name : model,
    counter: name,
    goesTo: url.isLoopback && relay === null ? 'thisMachine' : 'elsewhere',
    host: relay === null ? url.host : `${relay} (${url.host})`,
    isEncrypted: url.baseUrl.startsWith('https:') || (url.isLoopback && relay !== null),
    tellsModel,
    asksTwice: protocol.frame.kind === 'measured',
    keyOf: null,
    count: askServer(protocol, url.baseUrl, model),
  };
}

const vendors: Readonly<
  Record<KeyVendor, { readonly models: RegExp; readonly protocol: Protocol; readonly url: string }>
> = {
  anthropic: { models: /^claude-/, protocol: anthropic, url: anthropicUrl },
  google: { models: /^gemini-/, protocol: google, url: googleUrl },
};

/** The endpoint of the model's maker, where it has one. */
export function vendorWays(model: { readonly id: string; readonly name: string }): readonly Way[] {
  return (['anthropic', 'google'] as const).flatMap((vendor) => {
    const { models, protocol, url } = vendors[vendor];
    if (!models.test(model.id)) return [];
    const { host } = new URL(url);
    return {
      source: vendor,
      model: model.id,
      family: model.id,
      modelName: model.name,
      counter: host,
      goesTo: 'elsewhere',
      host,
      isEncrypted: true,
      tellsModel: true,
      asksTwice: false,
      keyOf: vendor,
      count: askServer(protocol, url, model.id),
    };
  });
}

function askServer(protocol: Protocol, baseUrl: string, model: string): Way['count'] {
  return async (text, key, token) => {
    const abort = new AbortController();
    const subscription = token.onCancellationRequested(() => abort.abort());
    try {
      const ports = { fetch: (...args: Parameters<typeof fetch>) => fetch(...args), signal: abort.signal };
      return await countTokens({ protocol, baseUrl }, { text, model, key }, ports);
    } finally {
      subscription.dispose();
    }
  };
}
