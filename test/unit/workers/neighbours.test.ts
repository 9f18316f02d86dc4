import assert from 'node:assert/strict';
import type { Machine } from '../../../src/agents/reader.ts';
import { readers } from '../../../src/agents/readers.ts';
import { findLogRoots } from '../../../src/workers/logRoots.ts';
import { neighboursOf } from '../../../src/workers/neighbours.ts';
import { type FakeDisk, fakeDisk } from './fakeDisk.ts';

const program = 'C:\\Program Files\\WSL\\wsl.exe';
const windows: Machine = { platform: 'win32', homeFolder: 'C:\\Users\\Ann', environment: {} };
const distribution: Machine = {
  platform: 'linux',
  homeFolder: '/home/ann',
  environment: { WSL_DISTRO_NAME: 'Ubuntu' },
};

async function homes(machine: Machine, disk: FakeDisk): Promise<readonly string[]> {
  const neighbours = await neighboursOf(machine, disk);
  return neighbours.map(({ machine: { homeFolder }, reach }) => reach(homeFolder));
}

async function foreignRoots(machine: Machine, disk: FakeDisk, logFolders = {}): Promise<readonly string[]> {
  const neighbours = await neighboursOf(machine, disk);
  const roots = await findLogRoots(readers, { machine, logFolders }, neighbours, disk);
  return roots.filter(({ isForeign }) => isForeign).map(({ reader, path }) => `${reader.agent} ${path}`);
}

describe('homes of WSL seen from Windows', () => {
  function running(text: string, encoding: BufferEncoding = 'utf16le'): FakeDisk {
    const disk = fakeDisk({
      [program]: '',
      '\\\\wsl.localhost\\Ubuntu\\home\\ann\\.claude\\projects\\-app\\a.jsonl': '',
      '\\\\wsl.localhost\\Ubuntu\\home\\ann\\.vscode-server\\data\\User\\globalStorage\\x\\y': '',
      '\\\\wsl.localhost\\Ubuntu\\home\\ann\\.vscode-server\\data\\User\\workspaceStorage\\x\\y': '',
      '\\\\wsl.localhost\\Arch\\home\\ben\\.codex\\sessions\\2026\\a.jsonl': '',
    });
    disk.programs.set(program, Buffer.from(text, encoding));
    return disk;
  }

  it('are those of distributions that run', async () => {
    const disk = running('Ubuntu\r\n');
    assert.deepEqual(await homes(windows, disk), [
      '\\\\wsl.localhost\\Ubuntu\\root',
      '\\\\wsl.localhost\\Ubuntu\\home\\ann',
    ]);
    assert.ok(disk.asked.includes(`${program} --list --running --quiet`));
    assert.ok(!disk.asked.some((path) => path.includes('Arch')), 'to look at it would start it');
  });

  it('are found whatever the program prints its list in', async () => {
    for (const disk of [
      running('\ufeffUbuntu\r\nArch\r\n'),
      running('Ubuntu\nArch\n', 'utf8'),
      running('Ubuntu\r\n..\r\na/b\r\nArch\r\n'),
    ]) {
      assert.deepEqual(
        (await homes(windows, disk)).filter((path) => !path.endsWith('root')),
        ['\\\\wsl.localhost\\Ubuntu\\home\\ann', '\\\\wsl.localhost\\Arch\\home\\ben'],
      );
    }
  });

  it('give all readers their folders that are there, remote servers included', async () => {
    assert.deepEqual(await foreignRoots(windows, running('Ubuntu\r\nArch\r\n')), [
      'claude-code \\\\wsl.localhost\\Ubuntu\\home\\ann\\.claude\\projects',
      'copilot-chat \\\\wsl.localhost\\Ubuntu\\home\\ann\\.vscode-server\\data\\User\\workspaceStorage',
      'codex \\\\wsl.localhost\\Arch\\home\\ben\\.codex\\sessions',
    ]);
  });

  it('are none where nothing runs, or the program fails', async () => {
    assert.deepEqual(await homes(windows, running('')), []);
    const failing = running('');
    failing.programs.clear();
    assert.deepEqual(await homes(windows, failing), []);
  });

  it('cost a look at one file where there is no WSL', async () => {
    const disk = fakeDisk();
    assert.deepEqual(await homes(windows, disk), []);
    assert.deepEqual(disk.asked, [program]);
  });
});

describe('homes of Windows seen from WSL', () => {
  const users = (mounts = '/mnt') => ({
    [`${mounts}/c/Users/Ann/.claude/projects/-app/a.jsonl`]: '',
    [`${mounts}/c/Users/Ann/AppData/Roaming/Code/User/globalStorage/x/y`]: '',
    [`${mounts}/c/Users/Ann/AppData/Roaming/Code/User/workspaceStorage/x/y`]: '',
    [`${mounts}/c/Users/Public/Desktop/x`]: '',
  });

  it('give all readers their folders that are there, those of editors included', async () => {
    assert.deepEqual(await foreignRoots(distribution, fakeDisk(users())), [
      'claude-code /mnt/c/Users/Ann/.claude/projects',
      'copilot-chat /mnt/c/Users/Ann/AppData/Roaming/Code/User/workspaceStorage',
    ]);
  });

  it('give folders that settings of an editor there name', async () => {
    const settings = '/mnt/c/Users/Ann/AppData/Roaming/Code/User/settings.json';
    const disk = fakeDisk({
      ...users(),
      [settings]: '{ "roo-cline.customStoragePath": "D:\\\\Tasks" }',
      '/mnt/d/Tasks/tasks/x/ui_messages.json': '',
    });
    assert.ok((await foreignRoots(distribution, disk)).includes('roo-code /mnt/d/Tasks'));
  });

  it('are left alone for agents with folders of the user, or that are not read', async () => {
    const logFolders = { 'claude-code': ['/srv/logs'], 'copilot-chat': [] };
    assert.deepEqual(await foreignRoots(distribution, fakeDisk(users()), logFolders), []);
  });

  it('are looked for where the drives are mounted', async () => {
    for (const line of ['root = /drives/', 'enabled=true\nroot="/drives"', 'ROOT=/drives # here']) {
      const disk = fakeDisk({
        ...users('/drives'),
        '/etc/wsl.conf': `[boot]\nroot=/no\n[automount]\n${line}\n[user]\nroot=/no`,
      });
      assert.deepEqual(
        await homes(distribution, disk),
        ['/drives/c/Users/Ann', '/drives/c/Users/Public'],
        line,
      );
    }
  });

  it('are known by the kernel where no variable tells', async () => {
    const machine = { ...distribution, environment: {} };
    const kernel = '/proc/sys/kernel/osrelease';
    const inWsl = fakeDisk({ ...users(), [kernel]: '5.15.167.4-microsoft-standard-WSL2\n' });
    assert.equal((await homes(machine, inWsl)).length, 2);
    const elsewhere = fakeDisk({ ...users(), [kernel]: '6.8.0-generic\n' });
    assert.deepEqual(await homes(machine, elsewhere), []);
    assert.deepEqual(elsewhere.asked, [kernel]);
    assert.deepEqual(await homes({ ...machine, platform: 'darwin' }, inWsl), []);
  });

  it('name no folder of readers that is none of theirs', async () => {
    const disk = fakeDisk(users());
    await foreignRoots(distribution, disk);
    const own = ['/etc/wsl.conf', '/home/ann', '/home/ann/.config'];
    const strange = disk.asked.filter((path) => !own.includes(path) && !path.startsWith('/mnt/c/Users'));
    assert.deepEqual(strange, []);
  });
});
