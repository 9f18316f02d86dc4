/**
 * The one line that every hook runs. A shell answers while nothing can be stopped; only else a Node is started, for which
 * the agent would wait at every tool call.
 *
 * Whatever goes wrong in it, the agent goes on: it ends with 0, or with the 2 that is the accountant's answer to Codex.
 */

import { guardFiles } from './guardFolder.ts';

/** How much of the input is looked through for the session: agents name it first. */
const headBytes = 4096;

/** Variables in which an agent names its session, so that its input need not be looked at. */
const sessionVariables = {
  'claude-code': 'CLAUDE_CODE_SESSION_ID',
  'gemini-cli': 'GEMINI_SESSION_ID',
  'qwen-code': 'QWEN_CODE_SESSION_ID',
} as const;

/** How agents spell it in their input. */
const sessionFields = ['session_id', 'sessionId', 'sessionID'] as const;

const { accountant, mcp, none, calm, scanner, now, leases, runtime, beats, faults, cache } = guardFiles;

/**
 * The launcher for a POSIX shell. It finds its folder by its own path, so that its text is the same everywhere, and
 * evaluates nothing that it was given: agent, event and session become parts of file names only where each of their
 * characters is a letter, a digit or one of `_.-`.
 *
 * `calm` bears the time until which it holds as its time of change: a shell cannot tell the time, but it can tell
 * which of two files is older. A session's lease bears how many of its hooks may pass, the calm in which they may, and a dot
 * for each that did. Errors of redirections must not end it, so there is no special built-in before one.
 */
export const launcherText = `#!/bin/sh
# Token Burn's guard: tells a coding agent when a budget is spent. Hooks of agents run it as: launch AGENT EVENT.
# For people: launch status, launch doctor, launch release [SESSION], launch stop SESSION.
# For agents that ask for their budgets: launch mcp.
umask 077
unset NODE_OPTIONS
guard=\${0%/*}
agent=\${1:-}
event=\${2:-}

is_name() {
  case $1 in '' | [.-]* | *[!a-zA-Z0-9_.-]*) return 1 ;; esac
  [ "\${#1}" -le 128 ]
}

is_scanner_alive() {
  read -r scanner <"$guard/${scanner}" || return 1
  case $scanner in '' | 0* | *[!0-9]*) return 1 ;; esac
  kill -0 "$scanner"
}

is_calm() {
  read -r calm <"$guard/${calm}" && [ -n "$calm" ] && is_scanner_alive && printf '' >"$guard/${now}" && [ "$guard/${now}" -ot "$guard/${calm}" ]
}

# What it reads of the input the accountant is told, in hexadecimal: it may end in the middle of a character.
head=
find_session() {
  case $agent in
${Object.entries(sessionVariables)
  .map(([agent, variable]) => `    ${agent}) session=\${${variable}:-} ;;`)
  .join('\n')}
    *) session= ;;
  esac
  [ -n "$session" ] && return
  head=$(dd bs=${headBytes} count=1)
  for field in ${sessionFields.join(' ')}; do
    case $head in *"\\"$field\\""*) ;; *) continue ;; esac
    rest=\${head#*"\\"$field\\""}
    rest=\${rest#*'"'}
    session=\${rest%%'"'*}
    return
  done
}

has_lease() {
  most= leased_in= passed=
  lease=$guard/${leases}/$agent.$session
  [ -f "$lease" ] && read -r most leased_in passed <"$lease"
  case $most in '' | 0* | *[!0-9]* | ????*) return 1 ;; esac
  [ "$leased_in" = "$calm" ] && [ "\${#passed}" -lt "$most" ] && printf . >>"$lease"
}

may_pass() {
  is_calm && find_session && is_name "$session" && has_lease
}

pass() {
  if is_name "$session"; then
    printf '{"event":"%s","decision":"pass"}\\n' "$event" >"$guard/${beats}/$agent.$session"
  fi
}

program=${accountant}
answers='0 2 3'

# The first of the runtimes that can run the program. All codes but the answers are failures to run it.
account() {
  [ -r "$guard/${runtime}" ] || return 1
  [ -n "$head" ] && head=$(printf %s "$head" | od -An -v -tx1)
  while IFS= read -r candidate <&3; do
    [ "$candidate" = node ] && candidate=$(command -v node)
    [ -f "$candidate" ] && [ -x "$candidate" ] || continue
    ELECTRON_RUN_AS_NODE=1 NODE_COMPILE_CACHE="$guard/${cache}" TOKEN_BURN_HEAD=$head \\
      "$candidate" "$guard/$program" "$@" 3<&-
    code=$?
    case " $answers " in *" $code "*) return 0 ;; esac
  done 3<"$guard/${runtime}"
  return 1
}

case $agent in
  mcp) program=${mcp} ;;
esac
case $agent in
  release | status | doctor | stop | mcp)
    account "$@" && exit "$code"
    echo "Token Burn: nothing to run the guard with. Open the editor with Token Burn once." >&2
    exit 1
    ;;
esac

# Most agents take a 2 for a refusal, which a broken runtime must not be; only Codex is refused by it.
case $agent in codex) answers='0 2' ;; *) answers=0 ;; esac
if is_name "$agent" && is_name "$event"; then
  if [ -e "$guard/${none}" ]; then
    find_session 2>/dev/null
    pass 2>/dev/null
  elif may_pass 2>/dev/null; then
    pass 2>/dev/null
  else
    account "$agent" "$event" && exit "$code"
    printf '{"event":"%s"}\\n' "$event" 2>/dev/null >"$guard/${faults}/$agent.noRuntime"
  fi
fi
# What is left of the input is taken in all the same, but nobody waits for it.
{ cat <&3 >/dev/null 2>&1 & } 2>/dev/null 3<&0
exit 0
`;

/**
 * The launcher for Windows, where asking whether a process lives takes longer than the accountant, which looks for
 * `calm` itself.
 */
export const windowsLauncherText = `@echo off
rem Token Burn's guard: tells a coding agent when a budget is spent. Hooks of agents run it as: launch AGENT EVENT.
setlocal EnableExtensions DisableDelayedExpansion
set "guard=%~dp0"
set "NODE_OPTIONS="
set "TOKEN_BURN_HEAD="
set "ELECTRON_RUN_AS_NODE=1"
set "NODE_COMPILE_CACHE=%guard%${cache}"
set "program=%guard%${accountant}"
if "%~1"=="mcp" set "program=%guard%${mcp}"
if not exist "%guard%${runtime}" goto open
for /f "usebackq delims=" %%r in ("%guard%${runtime}") do (
  "%%r" "%program%" %*
  if not errorlevel 1 exit /b 0
  if "%~1"=="codex" if errorlevel 2 if not errorlevel 3 exit /b 2
  if errorlevel 3 if not errorlevel 4 exit /b 3
)
:open
more >nul
exit /b 0
`.replaceAll('\n', '\r\n');
