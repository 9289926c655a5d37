import { DownhillError, show } from '@downhill/core';
import type { Reading, RunInfo } from '../../reading.ts';
import { contentOf } from './content-of.ts';

/** What is in a log of a run. */
export interface RunLog {
  /** As its last run line says; undefined where there is none. */
  readonly run: RunInfo | undefined;
  /** In the order of the log, without what a resumed run read anew. */
  readonly readings: readonly Reading[];
  /** `data-invalid`: lines that could not be read, such as one that a killed process cut short. The other lines are kept. */
  readonly problems: readonly DownhillError[];
}

/**
 * Reads what {@link jsonLines} wrote.
 *
 * A run line with `resumedAt` drops what was read after that step, so that no step comes twice; one without it starts a run anew and
 * drops all that stands before it.
 *
 * @param source How problems name the text, such as the file's path.
 *
 * @example
 * const { readings, problems } = readJsonLines('{"kind":"scalar","name":"loss","value":0.5,"step":1,"epoch":0}\n{"kind":"sca');
 * readings.length; // 1
 * problems[0].code; // 'data-invalid'
 */
export function readJsonLines(text: string, source = 'readJsonLines'): RunLog {
  let run: RunInfo | undefined;
  let readings: Reading[] = [];
  const problems: DownhillError[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const content = contentOf(line);
    if (content === undefined) problems.push(unreadable(source, index + 1, line));
    else if (content.kind === 'run') {
      const { kind: _, ...info } = content;
      run = info;
      const { resumedAt = -Infinity } = info;
      readings = readings.filter(({ step }) => step <= resumedAt);
    } else readings.push(content);
  }
  return { run, readings, problems };
}

const unreadable = (source: string, line: number, content: string): DownhillError =>
  new DownhillError({
    code: 'data-invalid',
    source,
    problem: `line ${line} must be a reading or a run in JSON, got ${show(content)}`,
    advice: 'Every other line was kept; a line is cut short when a process was killed while it wrote.',
  });
