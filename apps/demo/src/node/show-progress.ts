import { Presets, SingleBar } from 'cli-progress';
import { line, type Pace } from './pace.ts';

/** Shows how a run goes on. */
export interface ProgressView {
  update(pace: Pace): void;
  /** A line beside the progress. */
  say(text: string): void;
  end(): void;
}

const PLAIN_SECONDS = 5;

/** A live bar on a terminal, else a plain line every few seconds. */
export function showProgress(out: NodeJS.WriteStream = process.stdout): ProgressView {
  return out.isTTY ? bar(out) : plain(out);
}

function bar(out: NodeJS.WriteStream): ProgressView {
  const shown = new SingleBar(
    { format: '{bar} {percentage} %  {line}', hideCursor: true, stream: out, fps: 10, barsize: 24 },
    Presets.shades_classic,
  );
  let started = false;
  const end = (): void => {
    if (started) shown.stop();
    started = false;
  };
  return {
    update(pace) {
      if (!started) shown.start(pace.steps, pace.step, { line: line(pace) });
      started = true;
      shown.update(pace.step, { line: line(pace) });
    },
    say(text) {
      end();
      out.write(`${text}\n`);
    },
    end,
  };
}

function plain(out: NodeJS.WritableStream): ProgressView {
  let last = performance.now();
  return {
    update(pace) {
      if (performance.now() - last < PLAIN_SECONDS * 1000 && pace.step !== pace.steps) return;
      last = performance.now();
      out.write(`step ${pace.step}/${pace.steps}  ${line(pace)}\n`);
    },
    say: (text) => void out.write(`${text}\n`),
    end: () => {},
  };
}
