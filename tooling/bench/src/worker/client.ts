import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Timed } from '../measure/alternate.ts';
import type { KernelTime } from '../measure/contender.ts';
import { parseAnswer, type Answer, type Question } from './protocol.ts';

/** A contender in a process of its own: nobody else's kernels, garbage or compiled code are in its way. */
export interface Worker extends Timed {
  /** What it said of itself. */
  readonly notes: Readonly<Record<string, string>>;
  /** Where the time of a step goes; nothing where the worker cannot tell. */
  kernels(steps: number): Promise<readonly KernelTime[]>;
  /** Ends the process. */
  stop(): void;
}

/** How to start a worker. */
export interface WorkerCommand {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
}

/** Starts a worker and waits until it is ready. @throws Error with the end of the worker's error output, when it fails. */
export async function startWorker({ name, command, args, env = process.env }: WorkerCommand): Promise<Worker> {
  const child = spawn(command, [...args], { env, stdio: ['pipe', 'pipe', 'pipe'] });
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors = (errors + text).slice(-4000)));
  const waiting: { resolve: (answer: Answer) => void; reject: (error: Error) => void }[] = [];
  const fail = (why: string): void => {
    for (const { reject } of waiting.splice(0)) reject(new Error(`${name}: ${why}${errors === '' ? '' : `\n${errors.trimEnd()}`}`));
  };
  child.on('error', (error) => fail(error.message));
  child.on('close', (code, signal) => fail(`the worker ended (${signal ?? `exit ${code}`})`));
  child.stdin.on('error', () => {}); // the worker is gone; `close` says so
  createInterface({ input: child.stdout }).on('line', (line) => {
    const answer = parseAnswer(line);
    if (answer === undefined) errors = `${errors}${line}\n`.slice(-4000);
    else if ('error' in answer) fail(answer.error);
    else waiting.shift()?.resolve(answer);
  });

  const answer = (): Promise<Answer> => new Promise((resolve, reject) => waiting.push({ resolve, reject }));
  const ask = (question: Question): Promise<Answer> => {
    if (child.exitCode !== null) throw new Error(`${name}: the worker has ended`);
    child.stdin.write(`${JSON.stringify(question)}\n`);
    return answer();
  };

  const first = await answer();
  return {
    name,
    notes: 'ready' in first ? first.ready : {},
    async time(count) {
      const reply = await ask({ do: 'steps', count });
      return 'ms' in reply ? reply.ms : [];
    },
    async kernels(count) {
      const reply = await ask({ do: 'kernels', count });
      return 'kernels' in reply ? reply.kernels : [];
    },
    stop: () => void child.stdin.end(),
  };
}
