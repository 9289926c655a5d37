// npm run golden [-- OPTIONS]: replays the reference data.
import { runProgram } from './lib/run-program.js';

await runProgram({ command: 'npm run golden', name: '@downhill/golden', main: 'tooling/golden/dist/main.js' });
