import { adam, lamb, sgd } from '@downhill/optimizers';
import { expect, test } from 'vitest';
import { stepsText } from './text.ts';

const facts = [
  { name: 'sgd', transform: sgd(), bytesPerWeight: 12 },
  { name: 'adam', transform: adam(), bytesPerWeight: 28 },
  { name: 'lamb', transform: lamb(), bytesPerWeight: 28 },
];
const row = (name: string, peer: string, subjectMs: number, peerMs: number) => ({
  case: name,
  subject: 'downhill wasm',
  peer,
  ratio: peerMs / subjectMs,
  subjectMs,
  peerMs,
});
const report = {
  benchmark: 'optimizers',
  machine: { cpu: 'A processor', node: 'v22', 'load before': '0.10' },
  rows: [
    row('sgd', 'copy', 4, 4),
    row('adam', 'sgd alone', 21, 4),
    row('adam', 'copy', 21, 8),
    row('lamb', 'sgd alone', 40, 4),
    row('lamb', 'copy', 40, 8),
  ],
};

test('a row a rule, and the elementwise rules above the limit by name', () => {
  const text = stepsText(report, facts);
  const cells = text.split('\n').map((line) =>
    line
      .split('|')
      .map((cell) => cell.trim())
      .slice(1, -1),
  );
  expect(cells.find(([name]) => name === 'adam')).toEqual(['adam', 'elementwise', '28.0', '21.0', '5.25', '8.0', '2.63']);
  expect(cells.find(([name]) => name === 'sgd')).toEqual(['sgd', 'elementwise', '12.0', '4.0', '1.00', '4.0', '1.00']);
  expect(text).toContain('Above 2.5 copies, of the elementwise rules: adam.');
});

test('rules that were not measured are left out', () => {
  const text = stepsText({ ...report, rows: report.rows.slice(0, 1) }, facts);
  expect(text).not.toContain('lamb');
  expect(text).toContain('All elementwise rules stay within 2.5 copies.');
});
