import { appendFile, mkdir } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { Sink } from '../../reading.ts';
import { tensorBoard, type TensorBoardOptions } from './tensor-board.ts';

let opened = 0;

/**
 * {@link tensorBoard} in a new file of a folder, which is made when the run opens it: `events.out.tfevents.SECONDS.HOST.PROCESS.COUNT`, the
 * name that TensorBoard looks for and PyTorch's writer gives. A resumed run writes a file of its own beside the first, so that a file that
 * was cut short stays as it is. See it with `tensorboard --logdir runs`.
 *
 * @example
 * tensorBoardFolder('runs/today/tensorboard').name; // 'runs/today/tensorboard'
 */
export function tensorBoardFolder(folder: string, { name = folder, now = () => Date.now() / 1000 }: TensorBoardOptions = {}): Sink {
  let file: string | undefined;
  const fileName = (): string => {
    const seconds = String(Math.floor(now())).padStart(10, '0');
    return `events.out.tfevents.${seconds}.${hostname()}.${process.pid}.${opened++}`;
  };
  const events = tensorBoard((bytes) => appendFile((file ??= join(folder, fileName())), bytes), { name, now });
  return Object.freeze({
    ...events,
    async open(run) {
      await mkdir(folder, { recursive: true });
      await events.open?.(run);
    },
  } satisfies Sink);
}
