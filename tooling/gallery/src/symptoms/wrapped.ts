/** A text in lines of at most so many signs, broken between words, but not between a number and its %. */
export function wrapped(text: string, signs: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(/ (?!%)/)) {
    const longer = `${lines.at(-1) ?? ''} ${word}`.trimStart();
    if (lines.length > 0 && longer.length <= signs) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}
