/** Breaking text into lines where an editor shows it, which breaks none. */

/** At spaces alone: a longer word has a line of its own. @param longest in characters */
export function toLines(text: string, longest: number): readonly string[] {
  const [first = '', ...words] = text.split(' ');
  const lines = [first];
  for (const word of words) {
    const line = `${lines.at(-1)} ${word}`;
    if (line.length <= longest) lines[lines.length - 1] = line;
    else lines.push(word);
  }
  return lines;
}
