// downhill-worker: takes trials of a study from a Redis.
import { constants } from 'node:os';

const err = (line: string): void => console.error(line);

const { worker } = await import('./worker-command.ts').catch((error: Error) => {
  const missing = /Cannot find package '(bullmq|ioredis)'/.exec(error.message);
  if (missing === null) throw error;
  err(`downhill-worker: it needs ${missing[1]}. Install it with npm install bullmq ioredis.`);
  process.exit(2);
});

const controller = new AbortController();
let code = 0;
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => {
    code = 128 + constants.signals[signal];
    if (controller.signal.aborted) process.exit(code);
    err('downhill-worker: stopping; trials that can stop go back to the queue, others finish. Once more ends it at once.');
    controller.abort();
  });

const ended = await worker(process.argv.slice(2), { out: (line) => console.log(line), err }, controller.signal);
process.exitCode = ended === 0 ? code : ended;
