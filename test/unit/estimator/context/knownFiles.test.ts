import assert from 'node:assert/strict';
import { World } from './world.ts';

const app = '/home/ann/app';

describe('parts that were counted before', () => {
  function threeFiles(): World {
    return new World({
      [`${app}/CLAUDE.md`]: 'instructions @more.md',
      [`${app}/more.md`]: 'more',
      [`${app}/a.ts`]: 'one two',
    });
  }
  const written = { text: '@a.ts' };

  it('are not read again while they are as they were', async () => {
    const world = threeFiles();
    const first = await world.outline(written);
    assert.deepEqual(world.files.takeReads().sort(), [`${app}/CLAUDE.md`, `${app}/a.ts`, `${app}/more.md`]);
    world.words.take();
    assert.deepEqual(await world.outline({ text: 'other words @a.ts' }), first);
    assert.deepEqual(world.files.takeReads(), []);
    assert.deepEqual(world.words.take(), []);
  });

  it('are the only ones to be read and counted again when they change', async () => {
    const world = threeFiles();
    await world.outline(written);
    world.files.takeReads();
    world.words.take();
    world.files.write(`${app}/CLAUDE.md`, 'other instructions @more.md');
    assert.match((await world.outline(written)).join('\n'), /CLAUDE\.md loaded: 3/);
    assert.deepEqual(world.files.takeReads(), [`${app}/CLAUDE.md`]);
    assert.deepEqual(world.words.take(), ['other instructions @more.md']);
  });

  it('are read again where they could not be read', async () => {
    const world = new World({
      [`${app}/a.ts`]: 'one two',
      [`${app}/a.png`]: 'no image',
      [`${app}/.claude/rules/a.md`]: 'rule',
      [`${app}/CLAUDE.md`]: '@more.md',
      [`${app}/more.md`]: 'more',
    });
    const text = '@a.ts @a.png';
    world.files.isBusy = true;
    assert.deepEqual(await world.outline({ text }), [
      `+ ${app}/CLAUDE.md loaded: unreadable`,
      `+ ${app}/a.ts line 1: unreadable`,
      `+ ${app}/a.png line 1: unreadable`,
    ]);
    world.files.isBusy = false;
    assert.deepEqual(await world.outline({ text }), [
      `+ ${app}/CLAUDE.md loaded: 1`,
      `+ ${app}/more.md by ${app}/CLAUDE.md: 1`,
      `+ ${app}/.claude/rules/a.md loaded: 1`,
      `+ ${app}/a.ts line 1: 2`,
      `+ ${app}/a.png line 1: image`,
    ]);
  });

  it('are read when they come, and gone when they go', async () => {
    const world = threeFiles();
    world.files.remove(`${app}/CLAUDE.md`);
    assert.deepEqual(await world.sent(written), [`${app}/a.ts`]);
    world.files.write(`${app}/CLAUDE.md`, 'again');
    assert.deepEqual(await world.sent(written), [`${app}/CLAUDE.md`, `${app}/a.ts`]);
  });
});

describe('a prompt out of the common run', () => {
  it('is assembled with a line of four megabytes in what it names', async () => {
    const world = new World({
      [`${app}/line.txt`]: 'x'.repeat(4 * 1024 * 1024),
      [`${app}/CLAUDE.md`]: '@x '.repeat(1_000_000),
    });
    const { parts } = await world.assemble({ text: '@line.txt' });
    assert.deepEqual(
      parts.map(({ content }) => content.kind),
      ['text', 'text'],
    );
  });

  it('is assembled with thousands of references, and says that it is cut', async () => {
    const names = Array.from({ length: 3_000 }, (_name, index) => `@gone${index}.md`);
    const { parts, isCut } = await new World({}).assemble({ text: names.join(' ') });
    assert.equal(parts.length, 500);
    assert.equal(isCut, true);
  });

  it('has hundreds of parts at most, whatever names them, and says that it is cut', async () => {
    const contents = Object.fromEntries(
      Array.from({ length: 10 }, (_folder, folder) => folder).flatMap((folder) =>
        Array.from({ length: 100 }, (_one, index) => [`${app}/d${folder}/${index}.md`, 'x']),
      ),
    );
    const text = Array.from({ length: 10 }, (_one, index) => `@d${index}`).join(' ');
    const named = await new World(contents).assemble({ text, agent: 'gemini-cli' });
    assert.deepEqual([named.parts.length, named.isCut], [500, true]);
    const imports = Object.keys(contents).map((path) => `@${path}`);
    const importing = {
      [`${app}/CLAUDE.md`]: imports.slice(0, 400).join(' '),
      [`${app}/.claude/CLAUDE.md`]: imports.slice(400).join(' '),
    };
    const loaded = await new World({ ...contents, ...importing }).assemble({ text: '' });
    assert.deepEqual([loaded.parts.length, loaded.isCut], [600, true]);
  });

  it('is assembled from a slow disk as far as there is time, and says that there is more', async () => {
    const contents = Object.fromEntries(
      Array.from({ length: 100 }, (_one, index) => [`${app}/d${index}/.claude/rules/a.md`, 'x']),
    );
    for (const text of ['', '@**/a.md', '@d1/ @gone.md @**/x.ts', '@a @b @c @d @e']) {
      for (const agent of ['claude-code', 'codex', 'gemini-cli', 'opencode'] as const) {
        const world = new World({ ...contents, [`${app}/a`]: 'a' });
        world.isLate = () => world.files.calls.length >= 4;
        const { isUnfinished } = await world.assemble({ text, agent, document: `${app}/x.md` });
        assert.equal(isUnfinished, true);
        assert.equal(world.files.calls.length, 4);
      }
    }
  });

  it('lists so many folders and no more, however many patterns it has', async () => {
    const contents = Object.fromEntries(
      Array.from({ length: 900 }, (_one, index) => [`${app}/d${index}/a.md`, 'x']),
    );
    const world = new World(contents);
    const text = '@**/a.ts @**/b.ts @**/c.ts @**/d.ts';
    const { isCut } = await world.assemble({ text, agent: 'gemini-cli' });
    assert.equal(isCut, true);
    assert.equal(world.files.calls.filter((call) => call.startsWith('list ')).length, 2_000);
  });

  it('is assembled from a folder of thousands of files, and says that it is cut', async () => {
    const contents = Object.fromEntries(
      Array.from({ length: 300 }, (_one, index) => [`${app}/d/${index}.md`, 'x']),
    );
    const { parts, isCut } = await new World(contents).assemble({ text: '@d', agent: 'gemini-cli' });
    assert.equal(parts.length, 200);
    assert.equal(isCut, true);
  });
});
