import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readMnist } from '@downhill/demo/node';
import { readIdx } from '@downhill/demo/recipe';

export interface DigitCounts {
  readonly training: number;
  readonly test: number;
}

/** Writes the first of MNIST's pictures into a folder, as four idx files of the names that `MnistFiles` has. */
export async function writeDigits(folder: string, { training, test }: DigitCounts): Promise<void> {
  mkdirSync(folder, { recursive: true });
  for (const [name, bytes] of Object.entries(await readMnist()))
    writeFileSync(join(folder, `${name}.idx`), shortened(name, bytes, name.startsWith('train') ? training : test));
}

/** The same idx file with the first `count` items: its header has their number in bytes 4 to 7. */
function shortened(name: string, bytes: Uint8Array, count: number): Uint8Array {
  const { shape, values } = readIdx(name, bytes);
  const [items = 0] = shape;
  const header = bytes.slice(0, bytes.length - values.length);
  new DataView(header.buffer).setUint32(4, Math.min(count, items));
  return Buffer.concat([header, values.subarray(0, (values.length / items) * Math.min(count, items))]);
}
