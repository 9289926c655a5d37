// npm run release:check: rehearses a release on a copy, and uses the archives in fresh projects as users would.
import { runProgram } from './lib/run-program.js';

await runProgram({ command: 'npm run release:check', name: '@downhill/packaging', main: 'tooling/packaging/release.js', startsPnpm: true });
