export { htmlReport, type HtmlReportOptions } from './reports/html/html-report.ts';
export type { ReportFinding, ReportImage, ReportMistake, ReportRun } from './reports/html/report-run.ts';
