import assert from 'node:assert/strict';
import { engineKinds, localEngine } from '../../../src/engines/localEngine.ts';
import { parseServerUrl } from '../../../src/engines/serverUrl.ts';

const here: readonly string[] = [
  'http://127.0.0.1:11434',
  'http://localhost:8080',
  'http://LOCALHOST:8080/',
  'https://localhost',
  'http://[::1]:8000',
  'http://[0:0:0:0:0:0:0:1]:8000',
  // Spellings of 127.0.0.1.
  'http://127.1:8080',
  'http://2130706433:8080',
  'http://0x7f000001:8080',
  'http://0177.0.0.1:8080',
];

const elsewhere: readonly string[] = [
  'http://example.com',
  'http://localhost.evil.com:8080',
  'http://127.0.0.1.evil.com',
  'http://127.0.0.1.nip.io',
  'http://evil.com/127.0.0.1',
  'http://evil.com\\@127.0.0.1',
  'http://localhost.:8080',
  'http://tides.localhost:8080',
  'http://0.0.0.0:8080',
  'http://[::]:8080',
  'http://[::ffff:127.0.0.1]:8080',
  'http://[::ffff:8.8.8.8]:8080',
  'http://127.0.0.2:8080',
  'http://192.168.1.5:8080',
  'http://134744072',
  'http://0x08080808',
  'http://①②⑦.0.0.2',
  'http://ⓛocalhost.evil.com',
];

const none: readonly string[] = [
  '',
  'localhost:8080',
  'http://',
  'http://127.0.0.1@evil.com',
  'http://127.0.0.1:80@evil.com:8080',
  'http://user@127.0.0.1',
  'http://127.0.0.1:8080/?x=1',
  'http://127.0.0.1:8080/#x',
  'http://127.0.0.1:99999',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'ftp://127.0.0.1',
];

describe('the address of a server', () => {
  for (const text of here) {
    it(`is this machine: ${text}`, () => assert.equal(parseServerUrl(text)?.isLoopback, true));
  }

  for (const text of elsewhere) {
    it(`is not taken for this machine: ${text}`, () => assert.equal(parseServerUrl(text)?.isLoopback, false));
  }

  for (const text of none) {
    it(`is none: ${JSON.stringify(text)}`, () => assert.equal(parseServerUrl(text), null));
  }

  it('goes without a slash at its end and without the path of the interface of OpenAI', () => {
    assert.equal(parseServerUrl('http://localhost:8000/v1/')?.baseUrl, 'http://localhost:8000');
    assert.equal(parseServerUrl(' http://localhost:8000/engine// ')?.baseUrl, 'http://localhost:8000/engine');
  });
});

describe('the engine that the settings name', () => {
  const choice = { kind: 'vllm', url: '', model: '', allowRemote: false };

  it('is none by default, and for a kind that does not exist', () => {
    for (const kind of ['none', '', 'toString', 'VLLM']) {
      assert.deepEqual(localEngine({ ...choice, kind }), { kind: 'none' });
    }
  });

  it('listens on this machine unless told otherwise', () => {
    for (const kind of Object.keys(engineKinds)) {
      const engine = localEngine({ ...choice, kind, model: 'tides' });
      assert.equal(engine.kind, 'ready');
      assert.equal(engine.kind === 'ready' && engine.url.isLoopback, true);
    }
  });

  it('is refused on another machine unless that is allowed', () => {
    for (const url of elsewhere) {
      const refused = localEngine({ ...choice, url });
      assert.deepEqual(refused, { kind: 'refused', name: 'vLLM', reason: 'notLoopback' }, url);
      assert.equal(localEngine({ ...choice, url, allowRemote: true }).kind, 'ready', url);
    }
  });

  it('is refused without an address, even where other machines are allowed', () => {
    for (const url of none.filter((text) => text !== '')) {
      assert.deepEqual(localEngine({ ...choice, url, allowRemote: true }), {
        kind: 'refused',
        name: 'vLLM',
        reason: 'badUrl',
      });
    }
  });

  it('is refused without a model where it cannot go without', () => {
    for (const kind of ['ollama', 'tensorrt-llm']) {
      const engine = localEngine({ ...choice, kind, model: ' ' });
      assert.equal(engine.kind === 'refused' && engine.reason, 'noModel');
    }
  });
});
