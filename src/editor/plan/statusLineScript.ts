/** The status line that keeps what Claude Code tells of the plan, and shows the user's own. */

/** The command that starts the script, for a shell. */
export function commandFor(scriptPath: string): string {
  return `sh '${scriptPath.replaceAll('\\', '/').replaceAll("'", `'\\''`)}'`;
}

/** Where the user's own command is kept, beside the script. */
export const ownCommandFile = 'own-status-line';

/**
 * Needs nothing but a POSIX shell. Whatever goes wrong in it, the user's own line is still shown; without limits, as with
 * an API key, nothing is kept.
 *
 * @param statusFile name of what is written, beside the script
 */
export function scriptText(statusFile: string): string {
  return `#!/bin/sh
# Written by Token Burn, on your command. Keeps what Claude Code tells of your plan's limits, then shows your own status line.
# "Token Burn: Stop Reading Claude Code's Plan Limits" takes it away again.
folder=$(dirname "$0")
input=$(cat)
case $input in
  *'"rate_limits"'*)
    printf '{"at":%s,"status":%s}\\n' "$(date +%s)" "$input" > "$folder/${statusFile}.$$" 2>/dev/null &&
      mv -f "$folder/${statusFile}.$$" "$folder/${statusFile}" 2>/dev/null
    ;;
esac
if [ -f "$folder/${ownCommandFile}" ]; then
  printf '%s' "$input" | sh -c "$(cat "$folder/${ownCommandFile}")"
fi
`;
}
