import assert from 'node:assert/strict';
import { CountedText } from '../../../../src/estimator/countedText.ts';
import { World } from './world.ts';

const home = '/home/ann';
const app = '/home/ann/app';

describe('the instruction files of Claude Code', () => {
  it('are those of the machine, the user, and every folder down to the own', async () => {
    const world = new World({
      '/CLAUDE.md': 'not the root of the disk',
      '/etc/claude-code/CLAUDE.md': 'one',
      [`${home}/.claude/CLAUDE.md`]: 'two',
      [`${home}/CLAUDE.md`]: 'three',
      [`${app}/CLAUDE.md`]: 'four',
      [`${app}/.claude/CLAUDE.md`]: 'five',
      [`${app}/CLAUDE.local.md`]: 'six',
      [`${app}/src/CLAUDE.md`]: 'seven',
      [`${app}/AGENTS.md`]: 'of others',
    });
    assert.deepEqual(await world.sent({ text: 'hello' }), [
      '/etc/claude-code/CLAUDE.md',
      `${home}/.claude/CLAUDE.md`,
      `${home}/CLAUDE.md`,
      `${app}/CLAUDE.md`,
      `${app}/.claude/CLAUDE.md`,
      `${app}/CLAUDE.local.md`,
    ]);
  });

  it('are those of folders below where files there are sent', async () => {
    const world = new World({
      [`${app}/src/CLAUDE.md`]: 'one',
      [`${app}/src/deep/CLAUDE.md`]: 'two',
      [`${app}/test/CLAUDE.md`]: 'three',
      [`${app}/src/deep/a.ts`]: 'a',
    });
    assert.deepEqual(await world.outline({ text: '@src/deep/a.ts' }), [
      `+ ${app}/src/CLAUDE.md matched: 1`,
      `+ ${app}/src/deep/CLAUDE.md matched: 1`,
      `+ ${app}/src/deep/a.ts line 1: 1`,
    ]);
  });

  it('are rules, those with paths where a file that is sent fits', async () => {
    const world = new World({
      [`${app}/.claude/rules/always.md`]: 'one',
      [`${app}/.claude/rules/deep/types.md`]: '---\npaths:\n  - "src/**/*.ts"\n---\ntwo',
      [`${app}/.claude/rules/docs.md`]: '---\npaths: docs/**\n---\nthree',
      [`${app}/.claude/rules/notes.txt`]: 'no rule',
      [`${app}/src/a.ts`]: 'a',
    });
    assert.deepEqual(await world.sent({ text: '' }), [`${app}/.claude/rules/always.md`]);
    assert.deepEqual(await world.sent({ text: '@src/a.ts' }), [
      `${app}/.claude/rules/always.md`,
      `${app}/.claude/rules/deep/types.md`,
      `${app}/src/a.ts`,
    ]);
  });

  it('import others, four hops deep, from where they lie', async () => {
    const world = new World({
      [`${app}/CLAUDE.md`]: 'See @docs/a.md and `@code.md`.\n```\n@block.md\n```\n@~/.claude/me.md @gone.md',
      [`${app}/docs/a.md`]: '@b.md',
      [`${app}/docs/b.md`]: '@../c.md',
      [`${app}/c.md`]: '@d.md',
      [`${app}/d.md`]: '@e.md',
      [`${app}/e.md`]: 'too deep',
      [`${app}/code.md`]: 'x',
      [`${app}/block.md`]: 'x',
      [`${home}/.claude/me.md`]: 'me',
    });
    assert.deepEqual(await world.outline({ text: '' }), [
      `+ ${app}/CLAUDE.md loaded: 9`,
      `+ ${app}/docs/a.md by ${app}/CLAUDE.md: 1`,
      `+ ${app}/docs/b.md by ${app}/docs/a.md: 1`,
      `+ ${app}/c.md by ${app}/docs/b.md: 1`,
      `+ ${app}/d.md by ${app}/c.md: 1`,
      `+ ${home}/.claude/me.md by ${app}/CLAUDE.md: 1`,
      `+ ${app}/gone.md by ${app}/CLAUDE.md: missing`,
    ]);
  });

  it('import each other in circles without end, and count once', async () => {
    const world = new World({
      [`${app}/CLAUDE.md`]: '@a.md @CLAUDE.md',
      [`${app}/a.md`]: '@CLAUDE.md @a.md @b.md',
      [`${app}/b.md`]: '@a.md',
    });
    assert.deepEqual(await world.sent({ text: '@b.md' }), [`${app}/CLAUDE.md`, `${app}/a.md`, `${app}/b.md`]);
  });

  it('are not counted beside themselves while they are written, and what they mention are imports', async () => {
    const world = new World({ [`${app}/CLAUDE.md`]: 'x', [`${app}/a.md`]: '@b.md', [`${app}/b.md`]: 'b' });
    const written = { text: '@a.md `@b.md`', document: `${app}/CLAUDE.md` };
    assert.deepEqual(await world.outline(written), [
      `+ ${app}/a.md by ${app}/CLAUDE.md: 1`,
      `+ ${app}/b.md by ${app}/a.md: 1`,
    ]);
  });

  it('lie wherever links in circles lead, without end', async () => {
    const world = new World({
      [`${app}/.claude/rules/a.md`]: 'one',
      [`${app}/.claude/rules/loop`]: { linkTo: `${app}/.claude/rules` },
      [`${app}/.claude/rules/self`]: { linkTo: `${app}/.claude/rules/self` },
    });
    assert.deepEqual(await world.sent({ text: '' }), [`${app}/.claude/rules/a.md`]);
  });
});

describe('the instruction files of Codex', () => {
  it('are one a folder, from the project down, and one of the user', async () => {
    const world = new World({
      [`${home}/.codex/AGENTS.md`]: 'user',
      [`${home}/AGENTS.md`]: 'above the project',
      [`${home}/big/.git/HEAD`]: 'ref',
      [`${home}/big/AGENTS.md`]: 'root',
      [`${home}/big/app/AGENTS.md`]: 'not this',
      [`${home}/big/app/AGENTS.override.md`]: 'but this',
    });
    assert.deepEqual(await world.sent({ text: '', agent: 'codex', folder: `${home}/big/app` }), [
      `${home}/.codex/AGENTS.md`,
      `${home}/big/AGENTS.md`,
      `${home}/big/app/AGENTS.override.md`,
    ]);
  });

  it('take 32 KiB together, and what is beyond is left out', async () => {
    const world = new World({
      [`${home}/big/.git/HEAD`]: 'ref',
      [`${home}/.codex/AGENTS.md`]: 'word '.repeat(20_000),
      [`${home}/big/AGENTS.md`]: 'four '.repeat(6_000),
      [`${home}/big/app/AGENTS.md`]: 'more '.repeat(1_000),
    });
    assert.deepEqual(await world.outline({ text: '', agent: 'codex', folder: `${home}/big/app` }), [
      `+ ${home}/.codex/AGENTS.md loaded: 20000`,
      `+ ${home}/big/AGENTS.md loaded: 6000`,
      `+ ${home}/big/app/AGENTS.md loaded: 554 less 2232 bytes`,
    ]);
  });
});

describe('instruction files with changes that are not saved', () => {
  it('take as much of the limit as the editor has of them', async () => {
    const world = new World({
      [`${home}/big/.git/HEAD`]: 'ref',
      [`${home}/big/AGENTS.md`]: 'x',
      [`${home}/big/app/AGENTS.md`]: 'more '.repeat(1_000),
    });
    const written = { text: '', agent: 'codex', folder: `${home}/big/app` } as const;
    const live = new CountedText(world.cuts, { text: 'four '.repeat(6_000) });
    world.live.set(`${home}/big/AGENTS.md`, live);
    assert.deepEqual(await world.outline(written), [
      `+ ${home}/big/AGENTS.md loaded: 6000 live`,
      `+ ${home}/big/app/AGENTS.md loaded: 554 less 2232 bytes`,
    ]);
    live.replace(0, 0, 'five '.repeat(1_000));
    assert.deepEqual(await world.outline(written), [
      `+ ${home}/big/AGENTS.md loaded: 6554 live less 2232 bytes`,
      `+ ${home}/big/app/AGENTS.md loaded: 0 less 5000 bytes`,
    ]);
  });
});

describe('the instruction files of GitHub Copilot', () => {
  it('are its own, those of others, and those whose applyTo fits a file that is sent', async () => {
    const world = new World({
      [`${app}/.github/copilot-instructions.md`]: 'one',
      [`${app}/AGENTS.md`]: 'two',
      [`${app}/src/AGENTS.md`]: 'its path alone is told',
      [`${app}/CLAUDE.md`]: 'three',
      [`${app}/.github/instructions/all.instructions.md`]: '---\napplyTo: "**"\n---\nfour',
      [`${app}/.github/instructions/ts.instructions.md`]: '---\napplyTo: "**/*.ts"\n---\nfive',
      [`${app}/.github/instructions/task.instructions.md`]: '---\ndescription: For releases\n---\nsix',
      [`${app}/.github/instructions/manual.instructions.md`]: 'seven',
      [`${app}/src/a.ts`]: 'a',
    });
    assert.deepEqual(await world.outline({ text: '#file:src/a.ts', agent: 'copilot' }), [
      `+ ${app}/.github/copilot-instructions.md loaded: 1`,
      `+ ${app}/AGENTS.md loaded: 1`,
      `+ ${app}/CLAUDE.md loaded: 1`,
      `+ ${app}/.github/instructions/all.instructions.md loaded: 5`,
      `- ${app}/.github/instructions/task.instructions.md agentDecides: 6`,
      `+ ${app}/.github/instructions/ts.instructions.md matched: 5`,
      `+ ${app}/src/a.ts line 1: 1`,
    ]);
  });
});

describe('the instruction files of other agents', () => {
  it('are for Cursor the rules that apply, its old file and AGENTS.md', async () => {
    const world = new World({
      [`${app}/.cursor/rules/always.mdc`]: '---\nalwaysApply: true\n---\none',
      [`${app}/.cursor/rules/deep/ts.mdc`]: '---\nglobs: *.ts\nalwaysApply: false\n---\ntwo',
      [`${app}/.cursor/rules/maybe.mdc`]: '---\ndescription: Sometimes\nalwaysApply: false\n---\nthree',
      [`${app}/.cursor/rules/plain.md`]: 'ignored',
      [`${app}/.cursorrules`]: 'four',
      [`${app}/AGENTS.md`]: 'five',
      [`${app}/src/AGENTS.md`]: 'six',
      [`${app}/src/a.ts`]: 'a',
    });
    const agent = 'cursor';
    assert.deepEqual(await world.sent({ text: '', agent }), [
      `${app}/.cursor/rules/always.mdc`,
      `${app}/.cursorrules`,
      `${app}/AGENTS.md`,
    ]);
    assert.deepEqual(await world.sent({ text: '@src/a.ts', agent }), [
      `${app}/.cursor/rules/always.mdc`,
      `${app}/.cursor/rules/deep/ts.mdc`,
      `${app}/.cursorrules`,
      `${app}/AGENTS.md`,
      `${app}/src/AGENTS.md`,
      `${app}/src/a.ts`,
    ]);
  });

  it('are for Gemini CLI and Qwen Code those of the user, the project and below, with imports', async () => {
    const world = new World({
      [`${home}/.gemini/GEMINI.md`]: 'user',
      [`${home}/big/.git`]: 'gitdir: elsewhere',
      [`${home}/big/GEMINI.md`]: '@./more.md',
      [`${home}/big/more.md`]: 'more',
      [`${home}/big/app/src/GEMINI.md`]: 'below',
      [`${home}/big/app/src/a.ts`]: 'a',
      [`${home}/big/app/AGENTS.md`]: 'of Qwen too',
      [`${home}/big/app/.qwen/QWEN.local.md`]: 'local',
    });
    const folder = `${home}/big/app`;
    const folders = [folder, `${home}/big`];
    assert.deepEqual(await world.sent({ text: '@src/a.ts', agent: 'gemini-cli', folder, folders }), [
      `${home}/.gemini/GEMINI.md`,
      `${home}/big/GEMINI.md`,
      `${home}/big/more.md`,
      `${home}/big/app/src/GEMINI.md`,
      `${home}/big/app/src/a.ts`,
    ]);
    assert.deepEqual(await world.sent({ text: '', agent: 'qwen-code', folder }), [
      `${folder}/AGENTS.md`,
      `${folder}/.qwen/QWEN.local.md`,
    ]);
  });

  it('are for OpenCode those of one name, and one of the user', async () => {
    const world = new World({
      [`${home}/.claude/CLAUDE.md`]: 'user',
      [`${home}/big/.git/HEAD`]: 'ref',
      [`${home}/big/AGENTS.md`]: 'root',
      [`${home}/big/app/CLAUDE.md`]: 'not beside AGENTS.md',
    });
    const written = { text: '', agent: 'opencode', folder: `${home}/big/app` } as const;
    assert.deepEqual(await world.sent(written), [`${home}/big/AGENTS.md`, `${home}/.claude/CLAUDE.md`]);
    world.files.remove(`${home}/big/AGENTS.md`);
    assert.deepEqual(await world.sent(written), [`${home}/big/app/CLAUDE.md`, `${home}/.claude/CLAUDE.md`]);
  });

  it('are for Cline its rules, as a file or a folder, and those of others', async () => {
    const world = new World({
      [`${app}/.clinerules/01.md`]: 'one',
      [`${app}/.clinerules/ts.md`]: '---\npaths:\n  - "**/*.ts"\n---\ntwo',
      [`${app}/.clinerules/off.md`]: '---\npaths: []\n---\nthree',
      [`${app}/AGENTS.md`]: 'four',
    });
    assert.deepEqual(await world.sent({ text: '', agent: 'cline' }), [
      `${app}/.clinerules/01.md`,
      `${app}/AGENTS.md`,
    ]);
    const old = new World({ [`${app}/.clinerules`]: 'one' });
    assert.deepEqual(await old.sent({ text: '', agent: 'cline' }), [`${app}/.clinerules`]);
  });
});
