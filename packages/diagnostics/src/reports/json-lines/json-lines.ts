import type { Sink } from '../../reading.ts';
import { lineOf, runLine } from './line-of.ts';

/**
 * Readings as JSON lines (jsonlines.org): first a line with the run, `{"kind":"run","name":...,"settings":...}`, then a line a reading.
 *
 * A run that goes on from a checkpoint writes a run line again, with `resumedAt`; nothing is rewritten. `readJsonLines` then leaves out
 * what the run had read after that step the first time.
 *
 * @param write Takes whole lines: to a file (`jsonLinesFile` of the `/node` entry), a text area, a socket.
 *
 * @example
 * const lines = [];
 * jsonLines((text) => void lines.push(text)).write([{ kind: 'scalar', name: 'loss', value: 0.5, step: 1, epoch: 0 }]);
 * lines[0]; // '{"kind":"scalar","name":"loss","value":0.5,"step":1,"epoch":0}\n'
 */
export const jsonLines = (write: (text: string) => void | Promise<void>, { name = 'json lines' }: { readonly name?: string } = {}): Sink =>
  Object.freeze({
    kind: 'sink',
    name,
    open: (run) => write(runLine(run)),
    write: (readings) => (readings.length === 0 ? undefined : write(readings.map(lineOf).join(''))),
  } satisfies Sink);
