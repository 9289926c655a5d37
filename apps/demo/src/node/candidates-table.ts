import type { Candidate } from '../recipe/candidates.ts';

const HEAD = ['on the test images', 'accuracy', 'NLL', 'ECE'];

/** What a run has learned in several ways, side by side; a star marks the one that is taken. */
export function candidatesTable(candidates: readonly Candidate[], chosen: Candidate): string {
  const rows = candidates.map((candidate) => {
    const { accuracy, negativeLogLikelihood, calibrationError } = candidate.test;
    return [
      `${candidate === chosen ? '*' : ' '} ${candidate.name}`,
      accuracy.toFixed(4),
      negativeLogLikelihood.toFixed(4),
      calibrationError.toFixed(4),
    ];
  });
  const width = Math.max(...[HEAD, ...rows].map(([name = '']) => name.length));
  const line = ([name = '', ...numbers]: readonly string[]): string =>
    [name.padEnd(width), ...numbers.map((number) => number.padStart(8))].join('  ');
  return [HEAD, ...rows].map(line).join('\n').concat('\n* fits the held-out images best');
}
