/** A parameter as `optimizers/<name>.json` has it, row-major. */
interface Parameter {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

type Values = Readonly<Record<string, readonly number[]>>;

/** The tensors of a case. */
interface Case {
  readonly params: Readonly<Record<string, Parameter>>;
  readonly gradients: readonly Values[];
  readonly expected: readonly Values[];
}

/** Files whose rule knows which axis is the output: the references have it first, tfjs last. */
export const OUTPUT_FIRST: ReadonlySet<string> = new Set(['muon']);

/** A case with the first axis of every tensor moved to the end. */
export function outputLast<Data extends Case>(data: Data): Data {
  const move = (values: Values): Values =>
    Object.fromEntries(Object.entries(values).map(([name, numbers]) => [name, moved(numbers, data.params[name]?.shape ?? [])]));
  const params = Object.entries(data.params).map(([name, { shape, data: numbers }]) => [
    name,
    { shape: [...shape.slice(1), ...shape.slice(0, 1)], data: moved(numbers, shape) },
  ]);
  return { ...data, params: Object.fromEntries(params), gradients: data.gradients.map(move), expected: data.expected.map(move) };
}

function moved(numbers: readonly number[], [first = 1]: readonly number[]): readonly number[] {
  const rest = numbers.length / first;
  return numbers.map((_, i) => numbers[(i % first) * rest + Math.floor(i / first)] ?? Number.NaN);
}
