export { DownhillError, isDownhillError, type ErrorCode, type ErrorDetails } from './errors.ts';
export { checkNumber, checkOneOf, show, type NumberRule } from './check.ts';
