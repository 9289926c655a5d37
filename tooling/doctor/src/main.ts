import { doctor } from './command.ts';

process.exitCode = doctor(process.argv.slice(2), {
  out: (line) => console.log(line),
  err: (line) => console.error(line),
  // Through npm the process stands in the project's root, the user may stand elsewhere.
  directory: process.env.INIT_CWD ?? process.cwd(),
});
