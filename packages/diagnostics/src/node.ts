export { jsonLinesFile } from './reports/json-lines/json-lines-file.ts';
export { tensorBoardFolder } from './reports/tensorboard/tensor-board-folder.ts';
