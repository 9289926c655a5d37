import { evaluate } from './evaluate.ts';
import { leaf, type Expression, type NodeData } from './node.ts';
import { label } from './print.ts';
import { numberFunction } from './simplify.ts';

type Scalar = Extract<NodeData, { op: 'scalar' }>;

/** What depends on scalars and constants alone becomes a scalar itself, so that it is computed once a step and in float64. */
export function hoist(node: Expression): Expression | undefined {
  const { inputs, type } = node;
  const known = inputs.length > 0 && inputs.every(({ op }) => op === 'scalar' || op === 'constant');
  if (!known || type !== 'number' || numberFunction(node) === undefined) return undefined;
  return leaf({ op: 'scalar', name: `${node.op}(${inputs.map(({ data }) => label(data))})`, from: node });
}

/** A scalar's value, of the numbers of the step. */
export const scalarValue = ({ name, from }: Scalar, numberNamed: (name: string) => number | undefined): number =>
  from === undefined ? (numberNamed(name) ?? Number.NaN) : evaluate(from, (data) => scalarValue(data as Scalar, numberNamed)); // hoist takes nothing else beside constants
