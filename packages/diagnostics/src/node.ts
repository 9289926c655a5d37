export { jsonLinesFile } from './reports/json-lines/json-lines-file.ts';
export { tensorBoardFolder } from './reports/tensorboard/tensor-board-folder.ts';
export { htmlReportFile } from './reports/html/html-report-file.ts';
export { readRuns, saveOutcome, type FoundRuns } from './reports/run-folder/run-folder.ts';
