/**
 * Homes on this computer that another operating system keeps: those of WSL's distributions seen from Windows, and those
 * of Windows seen from a distribution. Nothing is started for it: of distributions only those that run are looked at.
 * https://learn.microsoft.com/windows/wsl/filesystems
 */

import type { Machine } from '../agents/reader.ts';
import type { Disk } from './disk.ts';

/** A home with the machine that it is on. */
export interface Neighbour {
  readonly machine: Machine;
  /** How this process names a path of that machine. */
  readonly reach: (path: string) => string;
}

/** Whether there may ever be any, which costs a look at one file at most. */
export async function mayHaveNeighbours(machine: Machine, disk: Disk): Promise<boolean> {
  if (machine.platform === 'win32') return disk.isFile(wslProgram(machine));
  return machine.platform === 'linux' && isInWsl(machine, disk);
}

/** The homes that can be looked into now. */
export async function neighboursOf(machine: Machine, disk: Disk): Promise<readonly Neighbour[]> {
  if (!(await mayHaveNeighbours(machine, disk))) return [];
  return machine.platform === 'win32' ? distributionHomes(machine, disk) : windowsHomes(disk);
}

/**
 * Where every WSL is that is not part of Windows itself. That of old installations is left alone: Windows has a program of
 * its name even where there is no WSL, which then asks whether to install it.
 */
function wslProgram({ environment }: Machine): string {
  return `${environment.ProgramFiles || 'C:\\Program Files'}\\WSL\\wsl.exe`;
}

async function distributionHomes(machine: Machine, disk: Disk): Promise<readonly Neighbour[]> {
  const running = await disk.outputOf(wslProgram(machine), ['--list', '--running', '--quiet']);
  const names = running === null ? [] : namesFrom(running);
  const homes = await Promise.all(names.map((name) => homesOfDistribution(name, disk)));
  return homes.flat();
}

/** A name to a line, in UTF-16 unless a variable asks for UTF-8. What could be no folder's name is passed over. */
function namesFrom(output: Uint8Array): readonly string[] {
  const text = new TextDecoder(output.includes(0) ? 'utf-16le' : 'utf-8').decode(output);
  return text.split(/\r?\n/).filter((name) => /^\w[\w .-]*$/.test(name));
}

async function homesOfDistribution(name: string, disk: Disk): Promise<readonly Neighbour[]> {
  const reach = (path: string) => `\\\\wsl.localhost\\${name}${path.replaceAll('/', '\\')}`;
  const users = await disk.namesIn(reach('/home'));
  return ['/root', ...users.map((user) => `/home/${user}`)].map((homeFolder) => ({
    machine: { platform: 'linux', homeFolder, environment: {} },
    reach,
  }));
}

async function isInWsl({ environment }: Machine, disk: Disk): Promise<boolean> {
  return environment.WSL_DISTRO_NAME
    ? true
    : /microsoft/i.test(await disk.textOf('/proc/sys/kernel/osrelease'));
}

async function windowsHomes(disk: Disk): Promise<readonly Neighbour[]> {
  const mounts = mountsFrom(await disk.textOf('/etc/wsl.conf'));
  const reach = (path: string) =>
    path.replaceAll('\\', '/').replace(/^(\w):/, (_, drive: string) => `${mounts}/${drive.toLowerCase()}`);
  const users = await disk.namesIn(reach('C:\\Users'));
  return users.map((user) => ({ machine: windowsMachine(`C:\\Users\\${user}`), reach }));
}

/** Where the drives of Windows are mounted, without a slash at its end. */
function mountsFrom(configuration: string): string {
  const section = /^\s*\[automount\]\s*$([^[]*)/im.exec(configuration)?.[1] ?? '';
  const root = /^\s*root\s*=\s*"?([^"\r\n#]*[^"\s#])/im.exec(section)?.[1] ?? '/mnt';
  return root.replace(/\/+$/, '');
}

/** Windows is not asked for its variables: these folders are where they nearly always are. */
function windowsMachine(homeFolder: string): Machine {
  const data = `${homeFolder}\\AppData`;
  const environment = { APPDATA: `${data}\\Roaming`, LOCALAPPDATA: `${data}\\Local` };
  return { platform: 'win32', homeFolder, environment };
}
