import { checkNumber, DownhillError, show, subKey, type Expression, type Key } from '@downhill/core';
import { leaf, plan, resolveOver, traceElementwise, type Over } from '@downhill/core/compiler';
import { backend, Tensor, util, zeros } from '@tensorflow/tfjs-core';
import { bringHere } from './bring-here.ts';
import { chooseExecutor, type Execution } from './execute/choose.ts';
import type { Cell, Prepared, StepItem } from './execute/executor.ts';
import { uniformsOf } from './execute/uniforms.ts';

/** What {@link elementwise} makes a function of. */
export interface ElementwiseDefinition<Input extends string, Numeral extends string, Output extends string> {
  /** For error messages. */
  readonly name: string;
  /** The tensors that it reads. */
  readonly inputs: readonly Input[];
  /** Numbers that may change from call to call without another kernel. @defaultValue none */
  readonly numbers?: readonly Numeral[];
  /** The outputs as expressions of core's language; random numbers are those of the call's key and of their stream. */
  compute(of: {
    readonly inputs: Readonly<Record<Input, Expression>>;
    readonly numbers: Readonly<Record<Numeral, Expression>>;
  }): Readonly<Record<Output, Expression>>;
}

/** What a call says beside its tensors. */
export interface ElementwiseCall<Numeral extends string> {
  /** The numbers that the definition names. */
  readonly numbers?: Readonly<Record<Numeral, number>>;
  /** What random numbers are keyed by: the same key, the same numbers, on every backend. */
  readonly key?: Key;
  /** The shape of the outputs. @defaultValue the shape that the inputs broadcast to */
  readonly shape?: readonly number[];
  /** `'ops'` runs tfjs operations, for comparison. @defaultValue 'fused' */
  readonly execution?: Execution;
}

/** Computes the outputs: new tensors, all of one shape. */
export type Elementwise<Input extends string, Numeral extends string, Output extends string> = (
  tensors: Readonly<Record<Input, Tensor>>,
  call?: ElementwiseCall<Numeral>,
) => Record<Output, Tensor>;

/** A kernel, ready for one shape. */
interface Ready<Output> {
  readonly outputs: readonly Output[];
  readonly program: Prepared;
}

/** Shapes whose kernels' tables a function keeps; those used longest ago go first. */
const KEPT = 32;

/**
 * Compiles an expression over the elements of tensors, numbers and seeded random numbers into one kernel, which runs on `cpu`
 * and `wasm`; elsewhere it runs as tfjs operations.
 *
 * Inputs are float32 and of one rank; one of length 1 along an axis has the same values all along it. No gradient is recorded:
 * wrap the function in `tf.customGrad` where one is needed.
 *
 * @example
 * const times = elementwise({ name: 'times', inputs: ['x'], numbers: ['by'], compute: ({ inputs, numbers }) => ({ y: mul(inputs.x, numbers.by) }) });
 * times({ x: tf.tensor1d([1, 2]) }, { numbers: { by: 3 } }).y.dataSync(); // Float32Array.of(3, 6)
 *
 * @throws DownhillError from the function that it makes: `invalid-argument` for other than float32 tensors, a number that is
 * missing or not finite, random numbers without a key; `shape-mismatch` where the inputs do not broadcast;
 * `illegal-expression` where the outputs are no legal graph.
 */
export function elementwise<Input extends string, Output extends string, Numeral extends string = never>(
  definition: ElementwiseDefinition<Input, Numeral, Output>,
): Elementwise<Input, Numeral, Output> {
  const { name, inputs, numbers: numerals = [] } = definition;
  const ready = new WeakMap<object, Map<string, Ready<Output>>>();

  return (tensors, { numbers, key, shape: wanted, execution = 'fused' } = {}) => {
    const values: Partial<Record<string, number>> = numbers ?? {};
    for (const numeral of numerals) checkNumber(name, { [numeral]: values[numeral] });
    const given = inputs.map((input) => checkedInput(name, input, tensors[input]));
    const shape = wanted ?? joinedShape(given);
    const overs = given.map((tensor, i) => overOf(name, inputs[i] ?? '', tensor.shape, shape));
    const here = ready.get(backend()) ?? new Map<string, Ready<Output>>();
    ready.set(backend(), here);
    const id = `${execution} ${shape.join()} ${overs.map((over) => `[${String(over)}]`).join('')}`;
    const { outputs, program } = here.get(id) ?? makeReady(definition, shape, overs, execution);
    keepLatest(here, id, { outputs, program });
    if (util.sizeFromShape([...shape]) === 0)
      return Object.fromEntries(outputs.map((output) => [output, zeros([...shape])])) as Record<Output, Tensor>;
    given.forEach(bringHere);
    const made: Partial<Record<Output, Tensor>> = {};
    const keyOf = keysUnder(name, key);
    const item: StepItem = {
      inputs: tensors,
      cells: new Map(outputs.map((output) => [output, outputCell(shape, (tensor) => void (made[output] = tensor))])),
      keyOf,
      uniform: uniformsOf(shape, (numeral) => values[numeral], keyOf),
    };
    program.run([item], 0, () => true);
    return made as Record<Output, Tensor>;
  };
}

function makeReady<Input extends string, Numeral extends string, Output extends string>(
  { name, inputs, numbers = [], compute }: ElementwiseDefinition<Input, Numeral, Output>,
  shape: readonly number[],
  overs: readonly Over[],
  execution: Execution,
): Ready<Output> {
  const values = compute({
    inputs: Object.fromEntries(inputs.map((input, i) => [input, leaf({ op: 'input', name: input, over: overs[i] ?? [] })])) as Record<
      Input,
      Expression
    >,
    numbers: Object.fromEntries(numbers.map((numeral) => [numeral, leaf({ op: 'scalar', name: numeral })])) as Record<Numeral, Expression>,
  });
  const trace = traceElementwise(name, values, shape.length);
  const program = { info: { name, shape }, trace, plan: plan({ ...trace, rank: shape.length }) };
  return { outputs: Object.keys(values) as Output[], program: chooseExecutor(execution).prepare([program]) };
}

function keepLatest<Output>(here: Map<string, Ready<Output>>, id: string, latest: Ready<Output>): void {
  here.delete(id);
  here.set(id, latest); // a map goes through its entries in the order in which they were set
  const [oldest] = here;
  if (here.size <= KEPT || oldest === undefined) return;
  oldest[1].program.dispose();
  here.delete(oldest[0]);
}

function checkedInput(name: string, input: string, given: unknown): Tensor {
  if (given instanceof Tensor && given.dtype === 'float32') return given;
  throw new DownhillError({
    code: 'invalid-argument',
    source: name,
    problem: `\`${input}\` must be a float32 tensor, got ${given instanceof Tensor ? `one of ${given.dtype}` : show(given)}`,
    advice: "Convert it with tf.cast(x, 'float32').",
  });
}

/** The longest along each axis. */
const joinedShape = (tensors: readonly Tensor[]): readonly number[] => {
  const rank = Math.max(0, ...tensors.map((tensor) => tensor.rank));
  return Array.from({ length: rank }, (_, axis) =>
    tensors.map(({ shape }) => shape[axis] ?? 1).reduce((longest, size) => (longest === 1 ? size : longest), 1),
  );
};

/** The axes along which an input stays the same. */
function overOf(name: string, input: string, own: readonly number[], shape: readonly number[]): Over {
  if (own.length !== shape.length || own.some((size, axis) => size !== 1 && size !== shape[axis]))
    throw new DownhillError({
      code: 'shape-mismatch',
      source: name,
      problem: `\`${input}\` has the shape [${own.join(', ')}], which does not broadcast to [${shape.join(', ')}]`,
      advice: 'Give it the same rank, with the same length or 1 along each axis.',
    });
  const same = shape.flatMap((size, axis) => (size !== 1 && own[axis] === 1 ? [axis] : []));
  return same.length > 0 && own.every((size) => size === 1) ? 'tensor' : resolveOver(same, shape.length);
}

function keysUnder(name: string, key: Key | undefined): StepItem['keyOf'] {
  const known = new Map<string, Key>();
  return ({ stream }) => {
    if (key === undefined)
      throw new DownhillError({
        code: 'invalid-argument',
        source: name,
        problem: 'there are random numbers and no `key`',
        advice: 'Pass streamKey(seed, name).',
      });
    const made = known.get(stream) ?? subKey(key, stream);
    known.set(stream, made);
    return made;
  };
}

/** A place that takes a new tensor and holds none. */
const outputCell = (shape: readonly number[], replace: (made: Tensor) => void): Cell => ({
  shape,
  ownStorage: false,
  replace,
  get tensor(): Tensor {
    throw new TypeError('an output is not read');
  },
});
