import type { Reading, RunInfo, Sink } from '../../reading.ts';
import { htmlReport, type HtmlReportOptions } from './html-report.ts';
import type { RunOutcome } from './report-run.ts';

/** Options of {@link htmlReportSink}. */
export interface HtmlReportSinkOptions extends HtmlReportOptions {
  /** How warnings call it. @defaultValue 'report' */
  readonly name?: string;
  /** Readings from before, where a run goes on from a checkpoint. Those after its step are left out. */
  readonly before?: readonly Reading[];
  /** Asked when the run ends: findings, mistakes and other ends. */
  readonly outcome?: () => RunOutcome;
}

/**
 * Collects the readings of a run and writes its page when the run ends.
 *
 * @param write Takes the page: to a file (`htmlReportFile` of the `/node` entry), a new tab.
 *
 * @example
 * const pages = [];
 * const sink = htmlReportSink((page) => void pages.push(page));
 * sink.close();
 * pages.length; // 1
 */
export function htmlReportSink(
  write: (page: string) => void | Promise<void>,
  { name = 'report', before = [], outcome = () => ({}), ...options }: HtmlReportSinkOptions = {},
): Sink {
  let run: RunInfo = { name: 'run', settings: {} };
  let readings: Reading[] = [];
  return Object.freeze({
    kind: 'sink',
    name,
    open(opened) {
      const { resumedAt = -Infinity } = opened;
      run = opened;
      readings = before.filter(({ step }) => step <= resumedAt);
    },
    write: (more) => void readings.push(...more),
    close: () => write(htmlReport([{ run, readings, ...outcome() }], options)),
  } satisfies Sink);
}
