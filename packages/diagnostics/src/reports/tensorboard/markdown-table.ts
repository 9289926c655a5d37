/** A table in Markdown, which is how TensorBoard shows texts. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

const cell = (content: string): string => content.replaceAll('|', '\\|').replaceAll(/\s+/g, ' ');
