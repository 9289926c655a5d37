import { sha256 } from './checkpoint/seal.ts';
import { namedVariables, type TrainableModel } from './model.ts';

/**
 * The SHA-256 of a model's weights, as 64 hexadecimal digits: two runs with the same hash ended with the same model.
 *
 * Over the float32 values, little-endian, of all variables in the order of the layers; −0 counts as 0 and every NaN as the same one, since
 * engines may differ in those bits.
 */
export async function weightsHash(model: TrainableModel): Promise<string> {
  const parts = await Promise.all(namedVariables(model).map(({ variable }) => variable.data()));
  const bytes = new DataView(new ArrayBuffer(4 * parts.reduce((sum, { length }) => sum + length, 0)));
  let at = 0;
  for (const values of parts)
    for (const value of values) {
      if (Number.isNaN(value)) bytes.setUint32(at, 0x7fc00000, true);
      else bytes.setFloat32(at, value === 0 ? 0 : value, true);
      at += 4;
    }
  return sha256(new Uint8Array(bytes.buffer));
}
