import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Sink } from '../../reading.ts';
import { htmlReportSink, type HtmlReportSinkOptions } from './html-report-sink.ts';

/**
 * {@link htmlReportSink} in a file, written when the run ends; its folder is made when the run opens it.
 *
 * @example
 * htmlReportFile('runs/today/report.html').name; // 'runs/today/report.html'
 */
export function htmlReportFile(path: string, options: HtmlReportSinkOptions = {}): Sink {
  const report = htmlReportSink((page) => writeFile(path, page), { name: path, ...options });
  return Object.freeze({
    ...report,
    async open(run) {
      await mkdir(dirname(path), { recursive: true });
      await report.open?.(run);
    },
  } satisfies Sink);
}
