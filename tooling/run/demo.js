// npm run demo [-- OPTIONS]: sets up, builds and serves the demo page.
import { runProgram } from './lib/run-program.js';

await runProgram({ command: 'npm run demo', name: '@downhill/demo', main: 'apps/demo/dist/serve/main.js' });
