import { imageSize } from 'image-size';
import { SIDE } from '../operations.ts';
import { fileProblem, sizeProblem, undecodable } from './check-file.ts';
import type { DecodeAnswer, Source } from './decoded.ts';

const HEADER = 512 * 1024; // bytes: a camera may put a small picture before what tells the size

/** The size that a file says its picture has; `undefined` where it is not found. */
async function statedSize(file: Blob): Promise<{ readonly width: number; readonly height: number } | undefined> {
  const bytes = new Uint8Array(await file.slice(0, HEADER).arrayBuffer());
  try {
    return imageSize(bytes);
  } catch {
    return undefined; // a format that it does not know, or no picture: the browser decides
  }
}

async function decode({ name, file: given }: Source): Promise<DecodeAnswer> {
  const file = typeof given === 'string' ? await (await fetch(given)).blob() : given;
  const stated = await statedSize(file);
  const problem = fileProblem({ name, size: file.size }) ?? (stated && sizeProblem(name, stated));
  if (problem !== undefined) return { problem };
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(file);
  } catch {
    return { problem: undecodable(name) };
  }
  const { width, height } = bitmap;
  const context = new OffscreenCanvas(SIDE, SIDE).getContext('2d', { willReadFrequently: true });
  if (context === null) return { problem: 'This browser gives no canvas to a worker: take a newer one.' };
  const side = Math.min(width, height);
  context.fillStyle = 'white'; // behind what is transparent
  context.fillRect(0, 0, SIDE, SIDE);
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, (width - side) / 2, (height - side) / 2, side, side, 0, 0, SIDE, SIDE);
  bitmap.close();
  const { data } = context.getImageData(0, 0, SIDE, SIDE);
  return { pixels: { width: SIDE, height: SIDE, data }, width, height };
}

addEventListener('message', ({ data }: MessageEvent<Source>) => {
  void decode(data)
    .catch((error: unknown): DecodeAnswer => ({ problem: `'${data.name}' could not be read: ${String(error)}.` }))
    .then((answer) => postMessage(answer));
});
