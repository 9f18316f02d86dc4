import assert from 'node:assert/strict';
import { agentOfFile } from '../../../src/domain/promptAgent.ts';

describe('the agent that a file is written for', () => {
  it('is told by its name and place', () => {
    const files = {
      '/app/.github/prompts/a.md': 'copilot',
      '/app/prompts/a.prompt.md': 'copilot',
      '/app/.github/copilot-instructions.md': 'copilot',
      '/app/.claude/commands/a.md': 'claude-code',
      '/app/CLAUDE.local.md': 'claude-code',
      '/home/ann/.codex/prompts/a.md': 'codex',
      '/app/.cursor/rules/a.mdc': 'cursor',
      '/app/.cursorrules': 'cursor',
      '/app/GEMINI.md': 'gemini-cli',
      '/app/QWEN.md': 'qwen-code',
      '/app/.opencode/command/a.md': 'opencode',
      '/app/.clinerules/a.md': 'cline',
      'C:\\app\\.claude\\commands\\a.md': 'claude-code',
    };
    for (const [path, agent] of Object.entries(files)) assert.equal(agentOfFile(path), agent, path);
  });

  it('is nobody for most files, and for those of all agents', () => {
    for (const path of ['/app/README.md', '/app/AGENTS.md', '/app/src/claude.md.ts', '/app/notes.txt']) {
      assert.equal(agentOfFile(path), undefined, path);
    }
  });
});
