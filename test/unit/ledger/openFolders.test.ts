import assert from 'node:assert/strict';
import type { Database } from '../../../src/ledger/database.ts';
import { noteOpenFolders, openFolders } from '../../../src/ledger/openFolders.ts';
import { World } from './world.ts';

const dayMs = 86_400_000;

describe('folders that are open in windows', () => {
  let world: World;
  let db: Database;
  beforeEach(() => {
    world = new World();
    db = world.open();
  });
  afterEach(() => world.dispose());

  it('are known by their paths, each once', () => {
    noteOpenFolders(db, ['/b', '/a'], 1);
    noteOpenFolders(db, ['/a'], 2);
    assert.deepEqual(openFolders(db), ['/a', '/b']);
  });

  it('are forgotten when nobody has opened them for three months', () => {
    noteOpenFolders(db, ['/old', '/again'], 0);
    noteOpenFolders(db, ['/again'], dayMs);
    noteOpenFolders(db, [], 90 * dayMs);
    assert.deepEqual(openFolders(db), ['/again', '/old']);
    noteOpenFolders(db, [], 90 * dayMs + 1);
    assert.deepEqual(openFolders(db), ['/again']);
  });

  it('are no more than can be watched: those opened last', () => {
    for (let number = 0; number < 70; number++) noteOpenFolders(db, [`/${number}`], number);
    const known = openFolders(db);
    assert.equal(known.length, 64);
    assert.equal(known.includes('/5'), false);
    assert.equal(known.includes('/6'), true);
  });
});
