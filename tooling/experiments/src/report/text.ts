export { projectFolder } from '../project-folder.ts';
export { betweenMarks } from './between-marks.ts';
export { timeOf } from './numbers.ts';
export { table } from './table.ts';
