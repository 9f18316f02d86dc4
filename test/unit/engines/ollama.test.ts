import assert from 'node:assert/strict';
import { ollama } from '../../../src/engines/ollama.ts';

describe('Ollama', () => {
  it('sends texts on for the models that run in its cloud, and for no others', () => {
    for (const model of ['gpt-oss:120b-cloud', 'glm-4.6:cloud', 'qwen3-coder:480b-Cloud']) {
      assert.equal(ollama.relaysTo?.(model), 'ollama.com', model);
    }
    for (const model of ['llama3.2', 'gpt-oss:120b', 'cloudy', 'cloud-model:7b']) {
      assert.equal(ollama.relaysTo?.(model), null, model);
    }
  });
});
