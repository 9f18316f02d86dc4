/** The programming language that a short program seems to be in: enough to leave its like out together. */

const looks: readonly (readonly [kind: string, look: RegExp])[] = [
  ['c', /^\s*#\s*include|\bprintf\s*\(|\bstd::/m],
  ['csharp', /\busing System\b|Console\.Write|\bnamespace \w/],
  ['java', /\bpublic (?:static|class)|System\.out|\bimport (?:java|scala|kotlin)|\bfun main\(/],
  ['go', /^package \w|\bfunc \w*\(|\blet mut\b|\bfn \w+\s*\(/m],
  ['python', /^\s*(?:def|class) \w+.*:\s*$|^\s*(?:from \w+ )?import \w+\s*$|\bprint\s*\(.*%/m],
  ['ruby', /^\s*def \w+|\bputs\b|\bdo \|/m],
  ['perl', /^\s*(?:my|our|use|sub) [$@%\w]|\$_\b|<\?php|\becho\b/m],
  ['lisp', /^\s*\((?:define|defun|defn|let|setq|setf|display|print|loop|format|ns|map|for)\b/m],
  ['ml', /^\s*(?:let (?:rec )?\w+.*=|module \w+|\w+ ::|open \w+|-module|val \w+)/m],
  ['pascal', /\bprocedure\b|\bbegin\b[\s\S]*\bend\b|\bprogram \w+;|\bwith Ada\b|\bend (?:if|loop|do)\b/i],
  ['script', /\bfunction\b|\bvar \w|\blocal \w|\bconst \w|=>/],
  ['basic', /^\s*\d+ [A-Z]+|\b(?:DIM|NEXT|PRINT|GOTO|END IF|CALL|DO|SAY)\b/m],
  ['assembler', /^\s*(?:mov|ld[axy]?|jmp|push|call|lea|add|cmp|db|equ|org)[a-z]?\s/im],
  ['stack', /^: \w|\bdup\b|\bswap\b|\bdrop\b/m],
];

export function kindByLooks(text: string): string {
  return looks.find(([, look]) => look.test(text))?.[0] ?? 'others';
}
