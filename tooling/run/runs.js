// npm run runs [-- FOLDER]: writes the page of all runs, over one another.
import { runProgram } from './lib/run-program.js';

await runProgram({ command: 'npm run runs', name: '@downhill/runs-page', main: 'tooling/runs-page/dist/main.js' });
