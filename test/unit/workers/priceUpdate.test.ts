import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Catalogue } from '../../../src/pricing/catalogue.ts';
import { loadPrices, loadUpdated } from '../../../src/workers/priceSources.ts';
import { forgetUpdate, takeUpdate } from '../../../src/workers/priceUpdate.ts';
import { build, catalogue, providers } from '../pricing/bundled.ts';

type Data = { id: string; models: { id: string; prices: unknown }[] }[];

/** As the project publishes it, with changes. */
function published(change: (data: Data) => void = () => {}): Uint8Array {
  const data = JSON.parse(JSON.stringify(providers));
  change(data);
  return new TextEncoder().encode(JSON.stringify(data));
}

const newModel = {
  id: 'claude-tide-1',
  match: { equals: 'claude-tide-1' },
  prices: { input_mtok: 1.5, output_mtok: 7 },
};
const addModel = (data: Data) => void data[0]?.models.push({ ...newModel });
const dropModel = (data: Data) => void data[0]?.models.shift();
const changePrice = (data: Data) => {
  const opus = data[0]?.models.find(({ id }) => id === 'claude-opus-5-5');
  if (opus) opus.prices = { input_mtok: 3, output_mtok: 9 };
};

describe('an update of prices', () => {
  let folder: string;
  let path: string;
  const bundled: Catalogue = { ...catalogue, version: 'bundled' };
  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'token-burn-')));
    path = join(folder, 'prices.json');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const take = (json: Uint8Array, present = bundled) => takeUpdate(json, { bundled, present }, path);
  const priceOf = (list: Catalogue | null, id: string) =>
    list?.models.find((model) => model.id === id)?.cards[0]?.rates.uncachedInput;

  it('is kept for later starts, and tells what it changes', () => {
    const { update, catalogue: next } = take(
      published((data) => {
        addModel(data);
        changePrice(data);
        dropModel(data);
      }),
    );
    assert.deepEqual(update, { kind: 'updated', added: 1, changed: 1, removed: 1 });
    const kept = loadUpdated(path, bundled);
    assert.deepEqual(kept, next);
    assert.deepEqual(
      [priceOf(kept, 'claude-tide-1'), priceOf(kept, 'claude-opus-5-5')],
      [1_500_000n, 3_000_000n],
    );
    assert.deepEqual(readdirSync(folder), ['prices.json']);
  });

  it('leaves our own cards before the downloaded ones', () => {
    const { catalogue: next } = take(published(addModel));
    const model = next?.models.find(({ id }) => id === 'claude-sonnet-5-5');
    assert.equal(model?.origin, 'override');
  });

  it('that says nothing new changes nothing', () => {
    const first = take(published(addModel));
    const again = take(published(addModel), first.catalogue ?? assert.fail());
    assert.deepEqual(again, { update: { kind: 'same' }, catalogue: null });
  });

  it('is left when it is older than what is known', () => {
    const { update } = take(published(dropModel));
    assert.deepEqual([update, readdirSync(folder)], [{ kind: 'older', lacking: 1 }, []]);
  });

  for (const [what, json] of [
    ['nothing', ''],
    ['no JSON', '<html>'],
    ['no text', new Uint8Array([0xff, 0xfe, 0x00])],
    ['an object', '{}'],
    ['no providers', '[]'],
    ['nulls', '[null, 1, "x"]'],
    ['a provider without models', '[{"id":"anthropic","models":[]}]'],
    ['half of it', published(addModel).slice(0, 50_000)],
    ['a price that is text', published((data) => spoil(data, { input_mtok: '1', output_mtok: 2 }))],
    ['a negative price', published((data) => spoil(data, { input_mtok: -1, output_mtok: 2 }))],
    ['an endless price', published((data) => spoil(data, { input_mtok: 1e300, output_mtok: 2 }))],
    ['prices that are none', published((data) => spoil(data, null))],
  ] as const) {
    it(`is left when it is broken, and says why: ${what}`, () => {
      take(published(addModel));
      const before = readFileSync(path, 'utf8');
      const bytes = typeof json === 'string' ? new TextEncoder().encode(json) : json;
      const { update, catalogue: next } = take(bytes);
      assert.equal(update.kind, 'malformed');
      assert.notEqual('detail' in update && update.detail, '');
      assert.equal(next, null);
      assert.equal(readFileSync(path, 'utf8'), before);
    });
  }

  it('says when it cannot be kept, and is not used then', () => {
    const taken = takeUpdate(
      published(addModel),
      { bundled, present: bundled },
      join(folder, 'no', 'p.json'),
    );
    assert.deepEqual([taken.update.kind, taken.catalogue], ['notKept', null]);
    const inMemory = takeUpdate(published(addModel), { bundled, present: bundled }, null);
    assert.equal(inMemory.update.kind, 'notKept');
  });

  it('is left for the catalogue of a newer extension, and for none when it is damaged or gone', () => {
    take(published(addModel));
    assert.equal(loadUpdated(path, { ...bundled, version: 'newer' }), null);
    writeFileSync(path, readFileSync(path).subarray(0, 5_000));
    assert.equal(loadUpdated(path, bundled), null);
    forgetUpdate(path);
    forgetUpdate(path);
    assert.equal(loadUpdated(path, bundled), null);
  });

  it('is what workers start with', () => {
    const cataloguePath = join(folder, 'catalogue.json');
    writeFileSync(cataloguePath, JSON.stringify(build.catalogue));
    takeUpdate(published(addModel), { bundled: catalogue, present: catalogue }, path);
    const ownPrices = { mine: { sameAs: 'claude-tide-1' }, wrong: {} };
    const loaded = loadPrices({ cataloguePath, updatedPath: path, ownPrices });
    assert.equal(priceOf(loaded.catalogue, 'claude-tide-1'), 1_500_000n);
    assert.deepEqual(
      loaded.ownPrices.map(({ pattern }) => pattern),
      ['mine'],
    );
    assert.equal(priceOf(loadPrices({ cataloguePath }).catalogue, 'claude-tide-1'), undefined);
  });
});

function spoil(data: Data, prices: unknown): void {
  addModel(data);
  const last = data[0]?.models.at(-1);
  if (last) last.prices = prices;
}
