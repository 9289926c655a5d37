// npm run doctor -- FILE [--json]: what the curve doctor finds in the runs of a file.
import { runProgram } from './lib/run-program.js';

await runProgram({ command: 'npm run doctor', name: '@downhill/doctor', main: 'tooling/doctor/dist/main.js' });
