/** Which of the texts that an agent logs as its user's were written by a person. */

/** What agents put into the user's mouth: context, notices, output of commands. */
const injected =
  /^\s*(?:<(?:command-|local-command-|bash-|system-reminder|ide_|task-|user_instructions|environment_|turn_aborted|skill|permissions|INSTRUCTIONS|user-)|Caveat:|This session is being continued|\[Request interrupted|# AGENTS\.md instructions)/;

/** Codex in an editor wraps the prompt: what the user wrote follows this heading. */
const requestHeading = /^#+ My request for Codex:\s*/m;

/** The first line of what the person wrote, or `null` when the text was made by a program. More is not kept. */
export function toHumanPrompt(text: string): string | null {
  const heading = requestHeading.exec(text);
  const prompt = heading === null ? text : text.slice(heading.index + heading[0].length);
  if (injected.test(prompt)) return null;
  return /\S.*/.exec(prompt)?.[0] ?? null;
}
