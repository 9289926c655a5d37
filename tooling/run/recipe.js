// npm run recipe [-- OPTIONS]: walks the seven steps to good settings on MNIST.
import { runProgram } from './lib/run-program.js';

await runProgram({ command: 'npm run recipe', name: '@downhill/recipe', main: 'tooling/recipe/dist/main.js' });
