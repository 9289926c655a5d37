export { projectFolder } from '../project-folder.ts';
export { betweenMarks } from './between-marks.ts';
export { table } from './table.ts';
