// npm run gallery [-- NAME...]: draws pictures for the packages' READMEs: what augmentations do, what symptoms of training look like.
import { runProgram } from './lib/run-program.js';

await runProgram({ command: 'npm run gallery', name: '@downhill/gallery', main: 'tooling/gallery/dist/main.js' });
