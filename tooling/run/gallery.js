// npm run gallery: draws what every operation and policy does to pictures, for the README of the augmentations.
import { runProgram } from './lib/run-program.js';

await runProgram({ command: 'npm run gallery', name: '@downhill/gallery', main: 'tooling/gallery/dist/main.js' });
