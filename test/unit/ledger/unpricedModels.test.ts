import assert from 'node:assert/strict';
import { unpricedModels } from '../../../src/ledger/unpricedModels.ts';
import type { UnpricedReason } from '../../../src/pricing/price.ts';
import { PriceBook } from '../../../src/workers/priceBook.ts';
import { catalogue } from '../pricing/bundled.ts';
import { type FakeLine, toLog } from './fakeReader.ts';
import { World } from './world.ts';

describe('the models without a price', () => {
  let world: World;
  const book = new PriceBook(catalogue);

  beforeEach(() => {
    world = new World();
  });
  afterEach(() => world.dispose());

  async function listed(...lines: readonly FakeLine[]) {
    const db = world.open();
    world.write('x.log', toLog(...lines));
    await world.scan(db, undefined, book);
    return unpricedModels(db, book);
  }

  it('are told with their receipts and tokens, and the last used first', async () => {
    const models = await listed(
      { id: '1', model: 'old', at: 100 },
      { id: '2', model: 'new', at: 200, tokens: { cacheRead: 5, output: null, uncachedInput: 1 } },
      { id: '3', model: 'new', at: 300, tokens: { cacheRead: 7 } },
      { id: '4', model: 'gpt-5.4', at: 400 },
      { id: '5', model: '', at: 50 },
    );
    const gaps = (receipts: number) => ({ unknownModel: receipts });
    assert.deepEqual(models, [
      { model: 'new', receipts: 2, tokens: 23, lastMs: 300, gaps: gaps(2) },
      { model: 'old', receipts: 1, tokens: 10, lastMs: 100, gaps: gaps(1) },
      { model: '', receipts: 1, tokens: 10, lastMs: 50, gaps: gaps(1) },
    ]);
  });

  it('are told apart by what their price lacks', async () => {
    const [model] = await listed(
      { id: '1', model: 'gpt-5-pro', tokens: { cacheRead: 5 } },
      { id: '2', model: 'gpt-5-pro', tokens: { cacheRead: 9 } },
      { id: '3', model: 'gpt-5-pro' },
    );
    assert.deepEqual([model?.receipts, model?.gaps], [2, { unknownRate: 2 }]);
  });

  it('are not those whose log does not tell the tokens: no price could mend that', async () => {
    const lines: FakeLine[] = [{ id: '1', model: 'gpt-5.4', tokens: { output: null } }];
    assert.deepEqual(await listed(...lines), []);
  });

  it('leave out replays, which never count', async () => {
    const replay = { id: 'r', session: 's', model: 'new' };
    const [model] = await listed(
      { ...replay, request: 'one', claim: 'own' },
      { ...replay, request: 'two', claim: 'sideChain', tokens: { uncachedInput: 4 } },
      { ...replay, request: 'three', claim: 'own', tokens: { uncachedInput: 4 } },
    );
    assert.equal(model?.receipts, 2);
  });

  it('are none once every one has a price', async () => {
    const priced = { whyUnpriced: (): UnpricedReason | null => null };
    const db = world.open();
    world.write('x.log', toLog({ id: '1', model: 'new' }));
    await world.scan(db, undefined, book);
    assert.deepEqual(unpricedModels(db, priced), []);
  });
});
