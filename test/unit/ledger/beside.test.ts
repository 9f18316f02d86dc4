import assert from 'node:assert/strict';
import { textBeside } from '../../../src/ledger/beside.ts';
import { World } from './world.ts';

describe('a file beside a log', () => {
  let world: World;
  let log: string;

  beforeEach(() => {
    world = new World();
    log = world.write('a/chats/1.log', '');
  });
  afterEach(() => world.dispose());

  it('is found by its way from the folder of the log', () => {
    world.write('a/project.json', '\ufeff{"folder":"ä"}');
    assert.equal(textBeside(log, '../project.json'), '{"folder":"ä"}');
  });

  it('is none where there is nothing, a folder, or nothing in it', () => {
    world.write('a/empty.json', '');
    for (const path of ['missing.json', '..', '../empty.json'])
      assert.equal(textBeside(log, path), null, path);
  });

  it('loses the ends of long strings where it is large', () => {
    world.write('a/chats/large.json', `{"long":"${'x'.repeat(1_000_000)}","model":"m"}`);
    const text = textBeside(log, 'large.json') ?? '';
    assert.ok(text.length < 10_000);
    assert.equal(JSON.parse(text).model, 'm');
  });
});
