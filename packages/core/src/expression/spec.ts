import { show } from '../check.ts';
import { DownhillError } from '../errors.ts';
import { domains, joinOver, sameOver } from './domain.ts';
import { OPERATIONS, type Expression, type Operation, type Over } from './node.ts';

const isOperation = (op: string): op is Operation => op in OPERATIONS;

function refuse(source: string, problem: string, advice?: string): never {
  throw new DownhillError({ code: 'illegal-expression', source, problem, ...(advice === undefined ? {} : { advice }) });
}

function checkTypes(source: string, { op, inputs, data }: Expression): void {
  if (data.op === 'constant' && Number.isNaN(data.value))
    refuse(source, 'a constant is NaN', 'Check the numbers that the rule computes from its options.');
  if (data.op === 'reduce') {
    const takes = data.reduction === 'count' ? 'boolean' : 'number';
    if (inputs[0]?.type !== takes) refuse(source, `${data.reduction} takes a ${takes}, got a ${inputs[0]?.type}`);
  }
  if (!isOperation(op)) return;
  const [takes] = OPERATIONS[op];
  if (inputs.length !== takes.length) refuse(source, `${op} takes ${takes.length} values, got ${inputs.length}`);
  takes.forEach((type, i) => {
    if (inputs[i]?.type !== type)
      refuse(
        source,
        `${op} takes ${takes.join(', ')}, got ${inputs.map((input) => input.type).join(', ')}`,
        'Compare with less, equal and the like before select.',
      );
  });
}

function checkAxes(source: string, over: Over, rank: number): void {
  if (over === 'all' || over === 'tensor') return;
  if (typeof over === 'string') refuse(source, `\`over\` must be 'all', 'tensor' or a list of axes, got ${show(over)}`);
  if (over.some((axis) => !Number.isInteger(axis) || axis < 0 || axis >= rank))
    refuse(
      source,
      `the axes [${over.join(', ')}] do not fit a parameter with ${rank} axes`,
      'Give the rule a mask by rank, or choose the axes by the shape.',
    );
}

const place = (over: Over): string => (typeof over === 'string' ? `'${over}'` : `the axes [${over.join(', ')}]`);

/** An output and what it may depend on: a slot of one number a row cannot hold a value that differs by column. */
export interface Output {
  readonly name: string;
  readonly over: Over;
  readonly value: Expression;
}

/**
 * Checks that a graph is legal: types and counts of inputs, axes within the rank, each output no finer than its slot.
 *
 * @throws DownhillError `illegal-expression`
 */
export function checkGraph(source: string, outputs: readonly Output[], rank: number): void {
  const seen = new Set<Expression>();
  const domainOf = domains();
  const visit = (node: Expression): void => {
    if (seen.has(node)) return;
    seen.add(node);
    node.inputs.forEach(visit);
    checkTypes(source, node);
    if ('over' in node.data) checkAxes(source, node.data.over, rank);
  };
  for (const { name, over, value } of outputs) {
    visit(value);
    checkAxes(source, over, rank);
    if (value.type !== 'number') refuse(source, `${name} must be a number, got a ${value.type}`);
    if (!sameOver(joinOver(over, domainOf(value)), over))
      refuse(source, `${name} is kept over ${place(over)}, but its value differs there`, 'Reduce it first.');
  }
}
