import { describe, expect, test } from 'vitest';
import { rowsOf, type Report } from './report.ts';
import { reportText } from './table.ts';

const PAIRS = [
  { subject: 'downhill wasm', peer: 'tfjs wasm' },
  { subject: 'downhill wasm', peer: 'PyTorch' },
];

describe('rowsOf', () => {
  test('gives the peer’s time over the subject’s', () => {
    const rows = rowsOf(
      'resnet20',
      PAIRS,
      new Map([
        ['downhill wasm', 2],
        ['tfjs wasm', 30],
        ['PyTorch', 1],
      ]),
    );
    expect(rows).toEqual([
      { case: 'resnet20', subject: 'downhill wasm', peer: 'tfjs wasm', ratio: 15, subjectMs: 2, peerMs: 30 },
      { case: 'resnet20', subject: 'downhill wasm', peer: 'PyTorch', ratio: 0.5, subjectMs: 2, peerMs: 1 },
    ]);
  });

  test('leaves out a peer that did not run', () => {
    expect(
      rowsOf(
        'resnet20',
        PAIRS,
        new Map([
          ['downhill wasm', 2],
          ['tfjs wasm', 30],
        ]),
      ).map(({ peer }) => peer),
    ).toEqual(['tfjs wasm']);
  });
});

describe('reportText', () => {
  test('prints the machine, the rows and where the time goes', () => {
    const report: Report = {
      benchmark: 'train-step',
      machine: { cpu: 'A processor', cores: 2 },
      rows: rowsOf(
        'convnet',
        PAIRS,
        new Map([
          ['downhill wasm', 20],
          ['tfjs wasm', 300],
          ['PyTorch', 9],
        ]),
      ),
      kernels: [
        { case: 'convnet', subject: 'downhill wasm', kernel: 'Conv2DBackpropFilter', calls: 2, ms: 15 },
        { case: 'convnet', subject: 'downhill wasm', kernel: 'Relu', calls: 3.5, ms: 5 },
      ],
    };
    expect(reportText(report)).toMatchInlineSnapshot(`
      "train-step: the ratio says how many times faster the subject is

      cpu: A processor
      cores: 2

      case     subject          ms  peer          ms   ratio
      -------  -------------  ----  ---------  -----  ------
      convnet  downhill wasm  20.0  tfjs wasm  300.0   15.0x
      convnet  downhill wasm  20.0  PyTorch    9.000  0.450x

      Where the time goes: convnet, downhill wasm
      kernel                calls     ms  share
      --------------------  -----  -----  -----
      Conv2DBackpropFilter      2  15.00   75 %
      Relu                    3.5   5.00   25 %"
    `);
  });
});
