import { DownhillError } from '@downhill/core';
import { clone, tidy, type Tensor } from '@tensorflow/tfjs-core';
import type { Outputs } from '../outputs.ts';
import type { ExampleBatch } from './examples.ts';
import type { OpenMember } from './member.ts';

/** Whose width the others must have. */
export interface First {
  readonly name: string;
  readonly width: number;
}

/** Takes a member's batches one after the other. */
export interface OutputCollector {
  /** Examples taken so far. */
  readonly rows: number;
  add(batch: ExampleBatch, open: OpenMember): Promise<void>;
  /** @throws DownhillError `data-invalid` where there were fewer than promised. */
  outputs(): Outputs;
}

/** Puts the rows of a member's batches under one another. */
export function outputCollector(name: string, examples: number, first: First | undefined): OutputCollector {
  let values = new Float32Array();
  let width = first?.width ?? 1;
  let rows = 0;
  return {
    get rows() {
      return rows;
    },
    async add({ xs, size }: ExampleBatch, open: OpenMember): Promise<void> {
      const predictions = tidy(() => clone(open.predict(xs))); // a copy: a member may hand out what is not its own
      try {
        const found = widthOf(name, predictions, size);
        if (first !== undefined && found !== first.width) throw differ(name, found, first);
        if (rows === 0) values = new Float32Array(examples * (width = found));
        if (found !== width) throw differ(name, found, { name: `${name}, an earlier batch`, width });
        if (rows + size > examples) throw promised(rows + size, examples);
        values.set(await predictions.data(), rows * width);
        rows += size;
      } finally {
        predictions.dispose();
      }
    },
    outputs(): Outputs {
      if (rows !== examples) throw promised(rows, examples);
      return { values, shape: [examples, width] };
    },
  };
}

function widthOf(name: string, { shape }: Tensor, size: number): number {
  if (shape[0] === size && shape.length <= 2) return shape[1] ?? 1;
  throw new DownhillError({
    code: 'shape-mismatch',
    source: 'predictMembers',
    problem: `the outputs of '${name}' must be one row an example, [${size}, width], got [${shape.join(', ')}]`,
    advice: 'Reshape or join them in the function of functionMember.',
  });
}

function differ(name: string, width: number, first: First): DownhillError {
  return new DownhillError({
    code: 'shape-mismatch',
    source: 'predictMembers',
    problem: `the outputs of '${name}' have ${width} columns, those of '${first.name}' have ${first.width}`,
    advice: 'All members must predict the same classes or values.',
  });
}

function promised(got: number, examples: number): DownhillError {
  return new DownhillError({
    code: 'data-invalid',
    source: 'predictMembers',
    problem: `the batches hold ${got} examples where \`examples\` promises ${examples}`,
    advice: 'A source must give the same batches at every call.',
  });
}
