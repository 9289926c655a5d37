import { Presets, SingleBar } from 'cli-progress';

/** Shows how far a step is. */
export interface Progress {
  update(at: { readonly done: number; readonly of: number; readonly text: string }): void;
  /** A text beside the progress; the bar of a step ends with it. */
  say(text: string): void;
  end(): void;
}

const PLAIN_SECONDS = 5;

/** A live bar on a terminal, else a plain line every few seconds. */
export const progress = (out: NodeJS.WriteStream): Progress => (out.isTTY ? bar(out) : plain(out));

function bar(out: NodeJS.WriteStream): Progress {
  const options = { format: '  {bar} {percentage} %  {text}', stream: out, hideCursor: true, clearOnComplete: true, barsize: 24, fps: 10 };
  const shown = new SingleBar(options, Presets.shades_classic);
  let running = false;
  const end = (): void => {
    if (running) shown.stop();
    running = false;
  };
  return {
    end,
    update({ done, of, text }) {
      if (!running) shown.start(of, done, { text });
      running = true;
      shown.setTotal(of);
      shown.update(Math.min(done, of), { text });
    },
    say(text) {
      end();
      out.write(`${text}\n`);
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
      out.write(`  ${Math.floor((100 * done) / of)} %  ${text}\n`);
    },
    say(text) {
      last = performance.now();
      out.write(`${text}\n`);
    },
  };
}
