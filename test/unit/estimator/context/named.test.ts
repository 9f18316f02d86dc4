import assert from 'node:assert/strict';
import { World } from './world.ts';

const app = '/home/ann/app';

describe('the files that a prompt names', () => {
  it('are sent where the agent takes this way of naming, and shown where it does not', async () => {
    const world = new World({
      [`${app}/a.ts`]: 'one two',
      [`${app}/b.md`]: 'three',
      [`${app}/c.md`]: 'four five six',
    });
    const text = '@a.ts [b](b.md)\n#file:c.md';
    assert.deepEqual(await world.outline({ text }), [
      `+ ${app}/a.ts line 1: 2`,
      `- ${app}/b.md line 1: 1`,
      `- ${app}/c.md line 2: 3`,
    ]);
    assert.deepEqual(await world.outline({ text, agent: 'copilot' }), [
      `+ ${app}/b.md line 1: 1`,
      `+ ${app}/c.md line 2: 3`,
      `- ${app}/a.ts line 1: 2`,
    ]);
    assert.deepEqual(await world.sent({ text, agent: 'codex' }), []);
  });

  it('count by the lines that are named', async () => {
    const world = new World({ [`${app}/a.ts`]: 'one\ntwo three\nfour\nfive' });
    assert.deepEqual(await world.outline({ text: '@a.ts#L2-L3 @a.ts#L4-L900' }), [
      `+ ${app}/a.ts#2-3 line 1: 3`,
      `+ ${app}/a.ts#4-900 line 1: 1`,
    ]);
  });

  it('count once, however often and by whatever links they are named', async () => {
    const world = new World({ [`${app}/a.ts`]: 'one', [`${app}/same.ts`]: { linkTo: `${app}/a.ts` } });
    assert.deepEqual(await world.outline({ text: '@a.ts @./a.ts\n@same.ts @a.ts#L1' }), [
      `+ ${app}/a.ts line 1: 1`,
    ]);
  });

  it('are looked for beside the prompt and in the folder, in the order of the agent', async () => {
    const world = new World({
      [`${app}/docs/a.md`]: 'beside',
      [`${app}/a.md`]: 'in the folder',
      [`${app}/docs/b.md`]: 'beside',
      '/home/ann/lib/c.md': 'in another folder',
    });
    const written = {
      text: '@a.md @b.md @c.md [a](a.md)',
      document: `${app}/docs/x.md`,
      folders: [app, '/home/ann/lib'],
    };
    assert.deepEqual(await world.sent(written), [`${app}/a.md`, `${app}/docs/b.md`, '/home/ann/lib/c.md']);
    assert.deepEqual(await world.sent({ ...written, agent: 'copilot' }), [`${app}/docs/a.md`]);
  });

  it('are told as missing where they are surely meant', async () => {
    const world = new World({ [`${app}/node_modules/x`]: 'x' });
    const text = '@gone.md @types/node @ann [a](away.md) @param';
    assert.deepEqual(await world.outline({ text }), [`+ ${app}/gone.md line 1: missing`]);
  });

  it('can have the name of a scope or a person, where such a file is there', async () => {
    const world = new World({ [`${app}/types/node`]: 'one' });
    assert.deepEqual(await world.sent({ text: '@types/node' }), [`${app}/types/node`]);
  });

  it('are not the prompt itself', async () => {
    const world = new World({ [`${app}/prompt.md`]: 'one' });
    assert.deepEqual(await world.outline({ text: '@prompt.md', document: `${app}/prompt.md` }), []);
  });

  it('may be folders, of which agents send the names or all files', async () => {
    const world = new World({
      [`${app}/src/a.ts`]: 'one two',
      [`${app}/src/deep/b.ts`]: 'three',
      [`${app}/src/node_modules/c.ts`]: 'four',
    });
    assert.deepEqual(await world.outline({ text: '@src/' }), [`+ ${app}/src line 1: 3 names`]);
    assert.deepEqual(await world.outline({ text: '@src/', agent: 'gemini-cli' }), [
      `+ ${app}/src/a.ts line 1: 2`,
      `+ ${app}/src/deep/b.ts line 1: 1`,
    ]);
  });

  it('may be patterns, which some agents expand', async () => {
    const world = new World({
      [`${app}/src/a.ts`]: 'one',
      [`${app}/src/deep/b.ts`]: 'two',
      [`${app}/src/c.md`]: 'three',
    });
    const text = '@src/**/*.ts';
    assert.deepEqual(await world.sent({ text, agent: 'gemini-cli' }), [
      `${app}/src/a.ts`,
      `${app}/src/deep/b.ts`,
    ]);
    world.files.takeReads();
    assert.deepEqual(await world.outline({ text }), []);
    assert.ok(!world.files.calls.includes(`list ${app}/src`));
  });

  it('are not found by patterns that would take time without end, or that mean nothing', async () => {
    const world = new World({
      [`${app}/${'a'.repeat(250)}`]: 'one',
      [`${app}/.github/instructions/a.instructions.md`]: `---\napplyTo: "${'*a'.repeat(20)}b,/,(+(+(a)))b"\n---\ntwo`,
    });
    const text = `#file:${'a'.repeat(250)} @${'*a'.repeat(20)}b @{,}`;
    assert.deepEqual(await world.sent({ text, agent: 'copilot' }), [`${app}/${'a'.repeat(250)}`]);
    assert.deepEqual(await world.sent({ text, agent: 'gemini-cli' }), []);
    assert.deepEqual(await world.outline({ text: '@/*', agent: 'gemini-cli' }), ['+ / line 1: outOfReach']);
  });

  it('are not found by patterns that a regular expression is hidden in, and those left out are told', async () => {
    const world = new World({
      [`${app}/aab1c`]: 'one',
      [`${app}/(a+)+b1c`]: 'two',
      [`${app}/a/a/a/a/b`]: 'b',
    });
    assert.deepEqual(await world.sent({ text: '@(a+)+b*c', agent: 'gemini-cli' }), [`${app}/(a+)+b1c`]);
    const slow = await world.assemble({ text: '@**/a/**/a/**/a/**/a/b', agent: 'gemini-cli' });
    assert.deepEqual([slow.parts.length, slow.isCut], [0, true]);
  });

  it('are rooted in the folder for Cline', async () => {
    const world = new World({ [`${app}/src/a.ts`]: 'one', '/src/a.ts': 'two' });
    assert.deepEqual(await world.sent({ text: '@/src/a.ts', agent: 'cline' }), [`${app}/src/a.ts`]);
  });

  it('say why they have no count', async () => {
    const world = new World({
      [`${app}/a.zip`]: new Uint8Array([80, 75, 0, 3]),
      [`${app}/big.log`]: new Uint8Array(5 * 1024 * 1024 + 1),
      [`${app}/pipe`]: 'device',
      [`${app}/wide.txt`]: new Uint8Array([0xff, 0xfe, 0x61, 0, 0x20, 0, 0x62, 0]),
    });
    assert.deepEqual(await world.outline({ text: '@a.zip @big.log @pipe @wide.txt' }), [
      `+ ${app}/a.zip line 1: notText`,
      `+ ${app}/big.log line 1: tooLarge`,
      `+ ${app}/pipe line 1: unreadable`,
      `+ ${app}/wide.txt line 1: 2`,
    ]);
    assert.ok(!world.files.calls.includes(`read ${app}/big.log`));
    assert.ok(!world.files.calls.includes(`read ${app}/pipe`));
  });

  it('count as the editor has them while they are not saved', async () => {
    const { CountedText } = await import('../../../../src/estimator/countedText.ts');
    const world = new World({ [`${app}/a.ts`]: 'one' });
    const live = new CountedText(world.cuts);
    live.replace(0, 0, 'one two\nthree');
    world.live.set(`${app}/a.ts`, live);
    assert.deepEqual(await world.outline({ text: '@a.ts' }), [`+ ${app}/a.ts line 1: 3 live`]);
    assert.deepEqual(await world.outline({ text: '@a.ts#L2' }), [`+ ${app}/a.ts#2-2 line 1: 1 live`]);
  });

  it('count as on the disk where the text of the editor is not all at hand', async () => {
    const { CountedText } = await import('../../../../src/estimator/countedText.ts');
    const world = new World({ [`${app}/a.ts`]: 'one two\nthree', [`${app}/CLAUDE.md`]: '@a.ts' });
    world.live.set(`${app}/a.ts`, new CountedText(world.cuts, { unreadLength: 20 }));
    world.live.set(`${app}/CLAUDE.md`, new CountedText(world.cuts, { unreadLength: 20 }));
    assert.deepEqual(await world.outline({ text: '@a.ts#L1' }), [
      `+ ${app}/CLAUDE.md loaded: 1`,
      `+ ${app}/a.ts by ${app}/CLAUDE.md: 3`,
      `+ ${app}/a.ts#1-1 line 1: 2`,
    ]);
  });

  it('are left for the next time when it is late', async () => {
    const world = new World({ [`${app}/a.ts`]: 'one' });
    world.isLate = () => true;
    assert.deepEqual(await world.outline({ text: '@a.ts' }), [`+ ${app}/a.ts line 1: late`]);
    assert.deepEqual(world.files.takeReads(), []);
  });
});

describe('what a prompt may not lead to', () => {
  const secret = { '/etc/shadow': 'root', '/home/ann/.ssh/key': 'key', '/home/other/x.md': 'x' };

  it('is not even looked at', async () => {
    const world = new World({ ...secret, [`${app}/a.md`]: 'a' });
    const text =
      '@/etc/shadow @~/.ssh/key @../../other/x.md @/dev/zero @"../../../../etc/shadow" @/etc/*.conf';
    for (const agent of ['claude-code', 'gemini-cli', 'cline'] as const) {
      const { parts } = await world.assemble({ text, agent });
      for (const { content } of parts) assert.equal(content.kind, 'problem');
    }
    const touched = world.files.calls.filter((call) => /etc\/shadow|\.ssh|other|\/dev/.test(call));
    assert.ok(
      touched.every((call) => call.includes(app)),
      touched.join('\n'),
    );
  });

  it('is out of reach through links in the workspace too', async () => {
    const world = new World({
      ...secret,
      [`${app}/notes.md`]: { linkTo: '/etc/shadow' },
      [`${app}/CLAUDE.md`]: { linkTo: '/etc/shadow' },
      [`${app}/out`]: { linkTo: '/home/other' },
    });
    assert.deepEqual(await world.outline({ text: '@notes.md @out/x.md' }), [
      `+ ${app}/notes.md line 1: outOfReach`,
      `+ ${app}/out/x.md line 1: outOfReach`,
    ]);
    assert.deepEqual(world.files.takeReads(), []);
  });

  it('leaves the agent its own folders, links among them', async () => {
    const world = new World({
      '/home/ann/dotfiles/claude.md': 'one two',
      '/home/ann/.claude/CLAUDE.md': { linkTo: '/home/ann/dotfiles/claude.md' },
      '/home/ann/.claude/more.md': 'three',
    });
    assert.deepEqual(await world.outline({ text: '@~/.claude/more.md' }), [
      '+ /home/ann/.claude/CLAUDE.md loaded: 2',
      '+ /home/ann/.claude/more.md line 1: 1',
    ]);
  });
});
