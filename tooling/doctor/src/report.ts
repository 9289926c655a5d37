import type { Confusion } from './confusion.ts';
import type { Diagnosed } from './diagnosed.ts';

/** The table: labels down, findings across, in the same order; recall at the end of the row, accuracy last. */
export function confusionLines({ labels, counts, recall, accuracy, mistaken }: Confusion): readonly string[] {
  const width = Math.max(...labels.map((label) => label.length));
  const columns = labels.map((_, i) => String(i + 1).padStart(4)).join('');
  const rows = labels.map((label, i) => {
    const cells = (counts[i] ?? []).map((count) => (count === 0 ? '.' : String(count)).padStart(4)).join('');
    const found = recall[label];
    return `${String(i + 1).padStart(2)} ${label.padEnd(width)}${cells}  ${found === null || found === undefined ? '    -' : found.toFixed(3)}`;
  });
  return [
    `   ${'label, and what was found'.padEnd(width)}${columns}  recall`,
    ...rows,
    ...(mistaken.length === 0 ? [] : [`mistaken: ${mistaken.join(', ')}`]),
    `accuracy ${accuracy.toFixed(3)}`,
  ];
}

/** A run's diagnosis, for people. */
export const diagnosisLines = ({ id, diagnosis: { finding, confidence, explanation, advice } }: Diagnosed): readonly string[] => [
  `${id}: ${finding} (${Math.round(100 * confidence)} %)`,
  `  ${explanation}`,
  `  ${advice}`,
];
