// npm run bench -- NAME [OPTIONS]: measures ours against its peers.
import { runProgram } from './lib/run-program.js';

await runProgram({ command: 'npm run bench', name: '@downhill/bench', main: 'tooling/bench/dist/main.js' });
