export { earlyStoppingCallback, keepBestCallback } from './stopping/stopping-callback.ts';
