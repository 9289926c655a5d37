export { run, type Place } from './run.ts';
