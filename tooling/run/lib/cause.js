const first = /error TS\d+|\bERR_[A-Z_]+|\bEADDR|\bENO[A-Z]{3,}|\b\w*Error\b.*:|^\s*FAIL\b|: +FAIL\b/;
const last = /error|fail|issues/i;
const noise = /✓|ELIFECYCLE|cache (miss|hit)|run failed|^Failed: |A complete log|\b0 errors/;

/** The line of a failed command's output that most likely says why. @param {readonly string[]} lines */
export function cause(lines) {
  const plain = lines.map((line) => line.replaceAll(/\u001B\[[\d;?]*[A-Za-z]/g, '').trim()).filter((line) => line !== '');
  const told = plain.filter((line) => !noise.test(line));
  return told.find((line) => first.test(line)) ?? told.findLast((line) => last.test(line)) ?? plain.at(-1);
}
