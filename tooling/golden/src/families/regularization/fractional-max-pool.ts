import {
  maxOverRegions,
  maxOverRegionsWithIndices,
  pseudorandomBoundaries,
  regionsBetween,
  sampledRegions,
  type PlaneRegions,
} from '@downhill/regularization';
import { grad, mul, sum, tidy, type Tensor } from '@tensorflow/tfjs-core';
import { replayOf, type Replay } from '../../cases/case-family.ts';
import { tensorOf, type TensorData } from '../../cases/tensor-data.ts';

interface GrahamCase {
  readonly config: {
    readonly overlapping: boolean;
    readonly outputHeight: number;
    readonly outputWidth: number;
    readonly uHeight: number;
    readonly uWidth: number;
  };
  readonly input: { readonly x: TensorData };
  readonly expected: { readonly rowBoundaries: readonly number[]; readonly columnBoundaries: readonly number[]; readonly y: TensorData };
}

export const grahamFile: Replay = replayOf<GrahamCase>(({ config, input, expected }, compare) => {
  const [, height = 0, width = 0] = input.x.shape;
  const rows = pseudorandomBoundaries({ input: height, output: config.outputHeight }, config.uHeight);
  const columns = pseudorandomBoundaries({ input: width, output: config.outputWidth }, config.uWidth);
  compare.same('rowBoundaries', rows, expected.rowBoundaries);
  compare.same('columnBoundaries', columns, expected.columnBoundaries);
  tidy(() => {
    const y = maxOverRegions(tensorOf(input.x), { rows: regionsBetween(rows, config), columns: regionsBetween(columns, config) });
    compare.absolute('y', y, expected.y, ROUNDING);
  });
});

/** Values are copied: what differs is float32 from the file's decimals, below 8. */
const ROUNDING = 2.5e-7;

interface TorchCase {
  readonly config: { readonly kernel: number; readonly outputHeight: number; readonly outputWidth: number };
  readonly input: { readonly x: TensorData; readonly samples: TensorData; readonly dy: TensorData };
  readonly expected: {
    readonly y: TensorData;
    readonly indices: TensorData;
    readonly regions: {
      readonly rowStarts: readonly (readonly (readonly number[])[])[];
      readonly columnStarts: readonly (readonly (readonly number[])[])[];
    };
    readonly dx: TensorData;
  };
}

export const torchFile: Replay = replayOf<TorchCase>(({ config: { kernel, outputHeight, outputWidth }, input, expected }, compare) => {
  const [batch = 0, height = 0, width = 0, channels = 0] = input.x.shape;
  const sampleOf = (n: number, c: number, axis: number): number => input.samples.data[(n * channels + c) * 2 + axis] ?? Number.NaN;
  const regions = Array.from({ length: batch }, (_, n) =>
    Array.from({ length: channels }, (__, c): PlaneRegions => ({
      columns: sampledRegions({ input: width, output: outputWidth }, { kernel, sample: sampleOf(n, c, 0) }),
      rows: sampledRegions({ input: height, output: outputHeight }, { kernel, sample: sampleOf(n, c, 1) }),
    })),
  );
  const starts = (axis: keyof PlaneRegions): number[][][] =>
    regions.map((planes) => planes.map((plane) => plane[axis].map(({ begin }) => begin)));
  compare.same('rowStarts', starts('rows'), expected.regions.rowStarts);
  compare.same('columnStarts', starts('columns'), expected.regions.columnStarts);
  tidy(() => {
    const x = tensorOf(input.x);
    const { values, indices } = maxOverRegionsWithIndices(x, regions);
    compare.absolute('y', values, expected.y, ROUNDING);
    compare.absolute('indices', indices, expected.indices, 0);
    const dy = tensorOf(input.dy);
    const dx = grad((z: Tensor) => sum(mul(maxOverRegions(z, regions), dy)))(x);
    compare.relative('dx', dx, expected.dx, 1e-5);
  });
});
