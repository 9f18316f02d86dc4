/**
 * Arithmetic of absolute paths that are written with slashes, as `/home/ann/app` or `C:/work/app`. What runs on a
 * machine turns its own spelling into this one.
 */

/** What stands before the first name of an absolute path. */
const rootPattern = /^(?:[A-Za-z]:)?\//;

export function isAbsolute(path: string): boolean {
  return rootPattern.test(path);
}

/** `path` as seen from `folder`, without `.` and `..`; an absolute path stays where it is. */
export function resolvePath(folder: string, path: string): string {
  const whole = isAbsolute(path) ? path : `${folder}/${path}`;
  const root = rootPattern.exec(whole)?.[0] ?? '/';
  const names: string[] = [];
  for (const name of whole.slice(root.length).split('/')) {
    if (name === '..') names.pop();
    else if (name !== '' && name !== '.') names.push(name);
  }
  return root + names.join('/');
}

/** The folder that holds a path; a root holds itself. */
export function folderOf(path: string): string {
  const root = rootPattern.exec(path)?.[0] ?? '/';
  return path.slice(0, Math.max(root.length, path.lastIndexOf('/')));
}

/** All folders on the way to `folder`, the root first and `folder` itself last. */
export function foldersDownTo(folder: string): readonly string[] {
  const parent = folderOf(folder);
  return parent === folder ? [folder] : [...foldersDownTo(parent), folder];
}

export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Whether `path` is `folder` or lies below it. */
export function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
}

/** `path` without `folder` before it; unchanged where it lies elsewhere. */
export function relativePath(folder: string, path: string): string {
  return path !== folder && isWithin(path, folder) ? path.slice(folder.length).replace(/^\//, '') : path;
}
