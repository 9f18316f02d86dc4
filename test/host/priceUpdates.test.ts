import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { commands } from 'vscode';
import { usage } from '../fixtures/claude-code/records.ts';
import { LoopbackServer } from '../unit/engines/loopbackServer.ts';
import { providers } from '../unit/pricing/bundled.ts';
import { ClaudeLog } from './agentLogs.ts';
import { type Answers, runAnswering } from './answers.ts';
import { changeSetting, sessionRow } from './tokenBurn.ts';

const update = (answers: Answers) => runAnswering('tokenBurn.updatePrices', answers);
const tide = { id: 'tide-max', match: { equals: 'tide-max' }, prices: { input_mtok: 3, output_mtok: 9 } };
const data = () => {
  const [first, ...others] = JSON.parse(JSON.stringify(providers));
  return JSON.stringify([{ ...first, models: [...first.models, tide] }, ...others]);
};

describe('an update of the price catalogue', () => {
  const server = new LoopbackServer();
  let answer: (response: ServerResponse) => void;

  before(async () => {
    await server.start();
    server.respond = (_sent, response) => answer(response);
    await changeSetting('tokenBurn.priceUpdates.url', `${server.url}/data.json`);
    const log = new ClaudeLog('3d1c0c54-0000-4000-8000-0000000000d1');
    await log.begin('Tide of prices');
    await log.answer(usage(1_000_000, 0, 0, 1_000_000), { model: 'tide-max' });
    await commands.executeCommand('tokenBurn.sessions.focus');
    await sessionRow(/^ {2}Tide of prices \| unpriced/);
  });
  after(async () => {
    await changeSetting('tokenBurn.priceUpdates.url', undefined);
    await server.stop();
  });

  it('is not asked for before the user agrees, who is told from where it comes', async () => {
    const { messages } = await update({});
    assert.match(
      messages[0] ?? '',
      /^Download the price catalogue from 127\.0\.0\.1:\d+\? \| .*Nothing is sent but/,
    );
    assert.equal(server.sent.length, 0);
  });

  it('that is broken changes nothing and says why', async () => {
    answer = (response) => response.end('<html>');
    const { messages } = await update({ press: 'Download Prices' });
    assert.match(
      messages[1] ?? '',
      /^What was downloaded is not a price catalogue \(.+\)\. Prices are as they were\./,
    );
    answer = (response) => response.writeHead(404).end();
    const { messages: missing } = await update({ press: 'Download Prices' });
    assert.match(missing[1] ?? '', /^127\.0\.0\.1:\d+ has no price catalogue at this address\./);
  });

  it('prices what had no price, and says what has changed', async () => {
    answer = (response) => response.end(data());
    const { messages } = await update({ press: 'Download Prices' });
    assert.match(messages[1] ?? '', /^Prices are updated\. Models with a new price: 0, new models: 1, /);
    await sessionRow(/^ {2}Tide of prices \| \$12\.00 /);
    const { messages: again } = await update({ press: 'Download Prices' });
    assert.match(again[0] ?? '', /A downloaded catalogue is in use\./);
    assert.equal(again[1], 'Prices are up to date.');
  });

  it('is taken back, and prices once given are kept', async () => {
    const { messages } = await update({ press: 'Use Bundled Prices' });
    assert.match(messages[1] ?? '', /came with Token Burn is in use/);
    assert.doesNotMatch((await update({})).messages[0] ?? '', /Use Bundled Prices/);
    await sessionRow(/^ {2}Tide of prices \| \$12\.00 /);
  });

  it('is refused from where others could change it', async () => {
    await changeSetting('tokenBurn.priceUpdates.url', 'http://prices.example/data.json');
    const { messages } = await update({ press: 'Download Prices' });
    assert.match(messages[0] ?? '', /must begin with https:\/\/\. Prices are as they were\.$/);
  });
});
