// npm run experiment -- NAME [OPTIONS]: trains networks with and without something, and compares.
import { runProgram } from './lib/run-program.js';

await runProgram({ command: 'npm run experiment', name: '@downhill/experiments', main: 'tooling/experiments/dist/main.js' });
