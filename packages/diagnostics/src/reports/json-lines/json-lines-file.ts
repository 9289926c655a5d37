import { appendFile, mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Sink } from '../../reading.ts';
import { jsonLines } from './json-lines.ts';

/**
 * {@link jsonLines} in a file; its folder is made when the run opens it. What is there stays: lines are appended, after a line that a killed
 * process cut short on a line of their own.
 *
 * @example
 * jsonLinesFile('runs/today/readings.jsonl').name; // 'runs/today/readings.jsonl'
 */
export function jsonLinesFile(path: string): Sink {
  const lines = jsonLines((text) => appendFile(path, text), { name: path });
  return Object.freeze({
    ...lines,
    async open(run) {
      await mkdir(dirname(path), { recursive: true });
      if (await isCutShort(path)) await appendFile(path, '\n');
      await lines.open?.(run);
    },
  } satisfies Sink);
}

const LINE_BREAK = 10;

async function isCutShort(path: string): Promise<boolean> {
  const file = await open(path, 'a+');
  try {
    const { size } = await file.stat();
    if (size === 0) return false;
    const { buffer } = await file.read({ buffer: new Uint8Array(1), position: size - 1 });
    return buffer[0] !== LINE_BREAK;
  } finally {
    await file.close();
  }
}
