import assert from 'node:assert/strict';
import { toHumanPrompt } from '../../../src/agents/prompts.ts';

describe('what a person wrote', () => {
  it('is kept as it is', () => {
    for (const text of ['Fix it', '<div> is broken', 'About: <command-name>'])
      assert.equal(toHumanPrompt(text), text);
  });

  it('is told from what programs put in', () => {
    const injected = [
      '<command-name>/clear</command-name>',
      '<command-message>x</command-message>',
      '<local-command-stdout></local-command-stdout>',
      '<system-reminder>…</system-reminder>',
      '<ide_selection>…</ide_selection>',
      '<task-notification>…</task-notification>',
      '\n<environment_context>…',
      '<user_instructions>…',
      '<turn_aborted>…',
      '# AGENTS.md instructions for /home/ann/app',
      'Caveat: The messages below…',
      'This session is being continued from a previous conversation',
      '[Request interrupted by user]',
      '  \n',
    ];
    for (const text of injected) assert.equal(toHumanPrompt(text), null, text);
  });

  it('is its first line alone', () => {
    assert.equal(toHumanPrompt('\n  \n  Fix the login\nmy password is hunter2\r\n'), 'Fix the login');
    assert.equal(toHumanPrompt(' \n\t'), null);
  });

  it('follows the context that an editor adds for Codex', () => {
    assert.equal(
      toHumanPrompt('# Context from my IDE setup:\n\n## My request for Codex:\nSort it\n'),
      'Sort it',
    );
    assert.equal(toHumanPrompt('# Context\n\n## My request for Codex:\n  '), null);
  });
});
