// npm start [-- OPTIONS]: sets up what the demo needs, then trains.
import { runProgram } from './lib/run-program.js';

await runProgram({ command: 'npm start', name: '@downhill/demo', main: 'apps/demo/dist/main.js' });
