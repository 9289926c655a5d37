import { Presets, SingleBar } from 'cli-progress';

/** Shows how long work goes on. */
export interface ProgressView {
  update(total: number, done: number, text: string): void;
  /** A line that stays. */
  say(text: string): void;
  end(): void;
}

const PLAIN_SECONDS = 10;

/** A live bar on a terminal, else a plain line every few seconds; on standard error, since standard output is for results. */
export const progressView = (out: NodeJS.WriteStream = process.stderr): ProgressView => (out.isTTY ? bar(out) : plain(out));

function bar(out: NodeJS.WriteStream): ProgressView {
  const shown = new SingleBar(
    { format: '{bar} {percentage} %  {text}', hideCursor: true, stream: out, fps: 5, barsize: 16 },
    Presets.shades_classic,
  );
  let started = false;
  const end = (): void => {
    if (started) shown.stop();
    started = false;
  };
  return {
    update(total, done, text) {
      if (!started) shown.start(total, done, { text });
      started = true;
      shown.setTotal(total);
      shown.update(done, { text });
    },
    say(text) {
      end();
      out.write(`${text}\n`);
    },
    end,
  };
}

function plain(out: NodeJS.WritableStream): ProgressView {
  let last = -Infinity;
  return {
    update(_total, _done, text) {
      if (performance.now() - last < PLAIN_SECONDS * 1000) return;
      last = performance.now();
      out.write(`${text}\n`);
    },
    say: (text) => void out.write(`${text}\n`),
    end: () => {},
  };
}
