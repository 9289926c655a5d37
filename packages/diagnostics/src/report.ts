export { htmlReport, type HtmlReportOptions } from './reports/html/html-report.ts';
export { htmlReportSink, type HtmlReportSinkOptions } from './reports/html/html-report-sink.ts';
export type { ReportFinding, ReportImage, ReportMistake, ReportRun, RunOutcome } from './reports/html/report-run.ts';
export { sevenStepsPage, type SevenStepsPageOptions } from './seven-steps/seven-steps-page.ts';
