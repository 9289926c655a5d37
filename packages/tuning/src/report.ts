export { historySvg } from './report/history-svg.ts';
export { intermediateValuesSvg } from './report/intermediate-values-svg.ts';
export { parallelCoordinatesSvg } from './report/parallel-coordinates-svg.ts';
export { sliceSvg } from './report/slice-svg.ts';
export { studyReport, type StudyReportOptions } from './report/study-report.ts';
