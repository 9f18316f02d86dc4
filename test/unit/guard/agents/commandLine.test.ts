import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commandLine } from '../../../../src/guard/agents/commandLine.ts';

const windows = { path: 'C:\\Users\\O’Neil it‘s\\guard\\launch', platform: 'win32' } as const;

describe('the line that starts the guard', () => {
  it('is one path and two words for a shell, whatever the path is made of', function () {
    if (process.platform === 'win32') this.skip();
    const folder = mkdtempSync(join(tmpdir(), 'line-'));
    for (const name of [
      'a b',
      "it's",
      '$HOME',
      '`id`',
      '"q"',
      'a;id',
      '-n',
      'ü*?[x]',
      '!1',
      '~',
      'a\\b',
      '#x',
      '%P%',
    ]) {
      const path = join(folder, name, 'launch');
      mkdirSync(join(folder, name));
      writeFileSync(path, '#!/bin/sh\nprintf "%s|" "$#" "$@"');
      chmodSync(path, 0o755);
      const line = commandLine('posix', { path, platform: 'linux' }, 'claude-code', 'PreToolUse') ?? '';
      for (const shell of ['sh', 'bash']) {
        const printed = execFileSync(shell, ['-c', line], { encoding: 'utf8' });
        assert.equal(printed, '2|claude-code|PreToolUse|', name);
      }
    }
    rmSync(folder, { recursive: true });
  });

  it('starts the script of Windows from its shells, and the other from a POSIX shell there', () => {
    assert.equal(
      commandLine('powershell', windows, 'gemini-cli', 'BeforeModel'),
      "& 'C:\\Users\\O’’Neil it‘‘s\\guard\\launch.cmd' gemini-cli BeforeModel",
    );
    assert.equal(
      commandLine('cmd', { path: 'C:\\a b\\launch', platform: 'win32' }, 'codex', 'PreToolUse'),
      '"C:\\a b\\launch.cmd" codex PreToolUse',
    );
    assert.equal(
      commandLine('posix', { path: 'C:\\a b\\launch', platform: 'win32' }, 'claude-code', 'PreToolUse'),
      "'C:/a b/launch' claude-code PreToolUse",
    );
  });

  it('is none where a path cannot be kept apart from commands', () => {
    for (const path of ['C:\\%PATH%\\launch', 'C:\\a"b\\launch', 'C:\\a&b\\launch', 'C:\\a!b\\launch']) {
      assert.equal(commandLine('cmd', { path, platform: 'win32' }, 'codex', 'PreToolUse'), null);
    }
    assert.equal(commandLine('posix', { path: '/a\nb', platform: 'linux' }, 'codex', 'PreToolUse'), null);
  });
});
