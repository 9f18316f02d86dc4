/** Projects, as agents and editors name them: by the folder that the work is done in. */

/** Whether an agent that was started in `path` worked on the project in `folder`; no where either is not known. */
export function isOfProject(path: string | null, folder: string | null): boolean {
  if (path === null || folder === null) return false;
  return path === folder || ['/', '\\'].some((separator) => path.startsWith(folder + separator));
}
