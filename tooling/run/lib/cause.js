import { stripVTControlCharacters } from 'node:util';

const first = /error TS\d+|\bERR_[A-Z_]+|^(ERROR )?(Uncaught )?\w*Error\b.*:|^FAIL\b|has exceeded|^Unused |^Unlisted |^Unresolved /;
const last = /error|fail|issues/i;
const noise = /✓|ELIFECYCLE|cache (miss|hit)|run failed|^Failed: |A complete log|\b0 errors/;

/** The line of a failed command's output that most likely says why. @param {readonly string[]} lines */
export function cause(lines) {
  const plain = lines.map((line) => stripVTControlCharacters(line).trim()).filter((line) => line !== '');
  const told = plain.filter((line) => !noise.test(line));
  return told.find((line) => first.test(withoutTask(line))) ?? told.findLast((line) => last.test(line)) ?? plain.at(-1);
}

/** A line less the task that turbo puts before it. @param {string} line */
const withoutTask = (line) => line.replace(/^@?[\w/-]+:[\w:-]+: +/, '');
