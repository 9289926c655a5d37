import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Node's options under which our sources run as they are. */
export const execArgv: readonly string[] = ['--import', new URL('register-tsx.js', import.meta.url).href, '--conditions=@downhill/source'];

export interface RunningProcess {
  readonly pid: number;
  readonly lines: readonly string[];
  /** The first line that holds this text. */
  line(text: string): Promise<string>;
  kill(signal: NodeJS.Signals): void;
  /** The exit code, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals>;
}

/** Runs a file of ours; it ends with this process. */
export function run(file: string, args: readonly string[]): RunningProcess {
  const child = spawn(process.execPath, [...execArgv, here(file), ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const lines: string[] = [];
  const heard = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr])
    createInterface({ input: stream }).on('line', (line) => {
      lines.push(line);
      for (const hear of heard) hear();
    });
  const kill = (): void => void child.kill('SIGKILL');
  process.on('exit', kill);
  const ended = once(child, 'close').then(([code, signal]) => {
    process.off('exit', kill);
    for (const hear of heard) hear();
    return (code ?? signal) as number | NodeJS.Signals;
  });
  return {
    pid: child.pid ?? 0,
    lines,
    ended,
    kill: (signal) => void child.kill(signal),
    line: (text) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const found = lines.find((line) => line.includes(text));
          const gone = child.exitCode !== null || child.signalCode !== null;
          if (found === undefined && !gone) return;
          heard.delete(look);
          if (found === undefined) reject(new Error(`it ended without '${text}':\n${lines.join('\n')}`));
          else resolve(found);
        };
        heard.add(look);
        look();
      }),
  };
}

/** `downhill-worker`, as it is. */
export const workerProcess = (...args: readonly string[]): RunningProcess => run('../src/redis/worker-main.ts', args);
