/** A mark at the head of the lines that tests print inside VS Code, by which they are told from VS Code's own. */

import { Writable } from 'node:stream';

const mark = '[token-burn test] ';

export function markLines(text: string): string {
  return text.replaceAll(/^/gm, mark);
}

/** Takes VS Code's output; marked lines go to `onTest` without their mark, all others to `onOther`. */
export function splitMarked(onTest: (line: string) => void, onOther: (line: string) => void): Writable {
  let rest = '';
  const take = (line: string) => {
    const at = line.indexOf(mark);
    if (at === -1) onOther(line);
    else onTest(line.slice(at + mark.length));
  };
  return new Writable({
    write(chunk, _encoding, done) {
      const lines = (rest + chunk.toString()).split(/\r?\n/);
      rest = lines.pop() ?? '';
      lines.forEach(take);
      done();
    },
    final(done) {
      if (rest !== '') take(rest);
      done();
    },
  });
}
