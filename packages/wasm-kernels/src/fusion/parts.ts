import { GEOMETRY_BYTES, inputValues, outputValues, writeGeometry } from '../geometry.ts';
import type { HeldData } from '../held-data.ts';
import type { Runtime } from '../runtime.ts';
import { evaluateParts } from './evaluate.ts';
import { Expression } from './expression.ts';
import { MaxPoolGradient } from './max-pool-gradient.ts';

/** Where the values from `begin` to before `end` are, until the next call. */
export type Part = (begin: number, end: number) => number;

/**
 * Lets a kernel read a tensor part by part, each a number of whole images. Where the tensor is not there yet a part is worked out when it is
 * asked for, in the cache, and the whole is never stored.
 *
 * @param image Values of an image.
 * @param largest Values of the largest part.
 * @param mostTensors What takes more tensors than this to work out is worked out at once and stored.
 */
export function readParts(
  runtime: Runtime,
  data: HeldData,
  { image, largest, mostTensors }: { readonly image: number; readonly largest: number; readonly mostTensors: number },
  use: (part: Part) => void,
): void {
  const { computation } = data;
  if (computation instanceof MaxPoolGradient) readGradient(runtime, computation, largest, use);
  else if (computation instanceof Expression && isReadable(computation, image, mostTensors))
    readExpression(runtime, computation, largest, use);
  else {
    const address = data.address();
    use((begin) => address + begin * 4);
  }
}

function isReadable(expression: Expression, image: number, mostTensors: number): boolean {
  const { groups, period } = expression.layout;
  return groups === 1 && image % period === 0 && expression.tensors().size <= mostTensors;
}

function readExpression(runtime: Runtime, expression: Expression, largest: number, use: (part: Part) => void): void {
  runtime.scratch.with([largest * 4], ([room]) => {
    evaluateParts(runtime, expression.layout, [{ expression, address: room, onlyPart: true }], (evaluatePart) => {
      use((begin, end) => {
        evaluatePart([begin, end]);
        return room;
      });
    });
  });
}

function readGradient(
  { memory, native, scratch }: Runtime,
  { pool, gradient }: MaxPoolGradient,
  largest: number,
  use: (part: Part) => void,
): void {
  const [image, outputs] = [inputValues(pool.geometry), outputValues(pool.geometry)];
  const [dy, places] = [gradient.data.address(), pool.places.address()];
  scratch.with([GEOMETRY_BYTES, largest * 4], ([at, room]) => {
    use((begin, end) => {
      const [first, count] = [begin / image, (end - begin) / image];
      writeGeometry(memory, at, { ...pool.geometry, batchSize: count });
      native.spreadToPlaces(at, places + first * outputs, dy + first * outputs * 4, room);
      return room;
    });
  });
}
