import { leaf, type Expression, type NodeData } from './node.ts';
import { label } from './print.ts';
import { NUMBER_FUNCTIONS } from './simplify.ts';

type Scalar = Extract<NodeData, { op: 'scalar' }>;

const compute = ({ op, composite }: Expression): ((a: number, b: number, c: number) => number) | undefined =>
  composite?.number ?? NUMBER_FUNCTIONS[op];

/** What depends on scalars and constants alone becomes a scalar itself, so that it is computed once a step and in float64. */
export function hoist(node: Expression): Expression | undefined {
  const { inputs, type } = node;
  const known = inputs.length > 0 && inputs.every(({ op }) => op === 'scalar' || op === 'constant');
  if (!known || type !== 'number' || compute(node) === undefined) return undefined;
  return leaf({ op: 'scalar', name: `${node.op}(${inputs.map(({ data }) => label(data)).join(', ')})`, from: node });
}

/** A scalar's value, of the numbers of the step. */
export function scalarValue({ name, from }: Scalar, numberNamed: (name: string) => number | undefined): number {
  if (from === undefined) return numberNamed(name) ?? Number.NaN;
  const [a = Number.NaN, b = Number.NaN] = from.inputs.map(({ data }) => {
    if (data.op === 'constant') return data.value;
    return data.op === 'scalar' ? scalarValue(data, numberNamed) : Number.NaN;
  });
  return compute(from)?.(a, b, 0) ?? Number.NaN;
}
