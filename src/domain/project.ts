/** Projects, as agents and editors name them: by the folder that the work is done in. */

/** Whether an agent that was started in `path` worked on the project in `folder`; no where either is not known. */
export function isOfProject(path: string | null, folder: string | null): boolean {
  if (path === null || folder === null) return false;
  const [at, within] = [toPlain(path), toPlain(folder)];
  return at === within || ['/', '\\'].some((separator) => at.startsWith(within + separator));
}

/** Editors write the letter of a drive small, and some agents great. The root of a disk ends in its separator. */
function toPlain(path: string): string {
  return path.replace(/^[A-Z]:/, (drive) => drive.toLowerCase()).replace(/[/\\]$/, '');
}
