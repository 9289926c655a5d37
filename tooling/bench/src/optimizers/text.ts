import type { Transform } from '@downhill/core';
import { table } from '@downhill/experiments/text';
import type { Report, Row } from '../report/report.ts';
import { kindOf } from '../rules/bytes.ts';

/** What an elementwise rule may take, in copies of the bytes that it must move. */
const MOST_COPIES = 2.5;

/** What is known of a rule without measuring. */
export interface RuleFacts {
  readonly name: string;
  readonly transform: Transform;
  readonly bytesPerWeight: number;
}

/** The report as Markdown: a table with a row a rule, and which elementwise ones take longer than they should. */
export function stepsText({ machine, rows }: Report, facts: readonly RuleFacts[]): string {
  const measured = facts.flatMap((fact) => {
    const copied = rows.find((row) => row.case === fact.name && row.peer === 'copy');
    return copied === undefined ? [] : [{ ...fact, copied, kind: kindOf(fact.transform), plain: plainOf(rows, fact.name) }];
  });
  const lines = measured.map(({ name, kind, bytesPerWeight, copied, plain }) => [
    name,
    kind,
    bytesPerWeight.toFixed(1),
    copied.subjectMs.toFixed(1),
    plain === undefined ? '1.00' : (1 / plain.ratio).toFixed(2),
    copied.peerMs.toFixed(1),
    (1 / copied.ratio).toFixed(2),
  ]);
  const slow = measured.filter(({ kind, copied }) => kind === 'elementwise' && copied.ratio * MOST_COPIES < 1).map(({ name }) => name);
  const verdict =
    slow.length === 0
      ? `All elementwise rules stay within ${MOST_COPIES} copies.`
      : `Above ${MOST_COPIES} copies, of the elementwise rules: ${slow.join(', ')}.`;
  return [
    table(['rule', 'kind', 'bytes a weight', 'ms', 'times plain SGD', 'ms of a copy', 'times the copy'], lines),
    verdict,
    `\`npm run bench -- optimizers\` made this: a step on 9.0 million weights in 6 tensors on tfjs's wasm backend; medians, each beside plain SGD and a copy of as many bytes as the rule must move, in turns. ${String(machine.cpu)}, Node.js ${String(machine.node)}, load before: ${String(machine['load before'])}.`,
  ].join('\n\n');
}

const plainOf = (rows: readonly Row[], name: string): Row | undefined => rows.find((row) => row.case === name && row.peer === 'sgd alone');
