import { Presets, SingleBar } from 'cli-progress';

/** Shows how far a search is. */
export interface Progress {
  update(at: { readonly done: number; readonly of: number | undefined; readonly text: string }): void;
  /** A line of its own. */
  say(line: string): void;
  end(): void;
}

const PLAIN_SECONDS = 5;

/** A live bar on a terminal, else a plain line every few seconds. */
export const progress = (out: NodeJS.WriteStream): Progress => (out.isTTY ? bar(out) : plain(out));

function bar(out: NodeJS.WriteStream): Progress {
  const shown = new SingleBar(
    { format: '{bar} {place}  {text}', stream: out, hideCursor: true, clearOnComplete: true, barsize: 24, fps: 10, gracefulExit: false },
    Presets.shades_classic,
  );
  let running = false;
  const end = (): void => {
    if (running) shown.stop();
    running = false;
  };
  return {
    end,
    update({ done, of, text }) {
      const payload = { place: placeOf(done, of), text };
      if (!running) shown.start(of ?? 1, 0, payload);
      running = true;
      shown.update(of === undefined ? 0 : Math.min(done, of), payload);
    },
    say(line) {
      end();
      out.write(`${line}\n`);
    },
  };
}

function plain(out: NodeJS.WritableStream): Progress {
  let last = performance.now();
  return {
    end: () => {},
    update({ done, of, text }) {
      if (performance.now() - last < PLAIN_SECONDS * 1000) return;
      last = performance.now();
      out.write(`${placeOf(done, of)}  ${text}\n`);
    },
    say: (line) => void out.write(`${line}\n`),
  };
}

const placeOf = (done: number, of: number | undefined): string => (of === undefined ? `${done}` : `${done}/${of}`);
