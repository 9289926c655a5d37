// npm run release:check: rehearses a release on a copy, and uses the archives in fresh projects as users would.
import { pnpmEnvironment } from './lib/pnpm.js';
import { runProgram } from './lib/run-program.js';

const before = async () => void Object.assign(process.env, await pnpmEnvironment()); // it looks for pnpm on the PATH
await runProgram({ command: 'npm run release:check', name: '@downhill/packaging', main: 'tooling/packaging/release.js', before });
