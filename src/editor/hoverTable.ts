/** Tables in hovers: what is counted to the left, the counts to the right. */

/** VS Code draws columns close together. */
const gap = '&emsp;';

/** @param heads one for each column, in markdown as all cells are */
export function hoverTable(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const alignment = heads.map((_head, column) => (column === 0 ? ':--' : '--:'));
  return [toLine(spaced(heads)), toLine(alignment), ...rows.map((cells) => toLine(spaced(cells)))].join('\n');
}

function spaced(cells: readonly string[]): string[] {
  return cells.map((cell, column) => (column === 0 ? cell : `${gap}${cell}`));
}

function toLine(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}
