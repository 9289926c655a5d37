import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** Whether this machine has a Redis to start. */
export const hasRedis: boolean = (() => {
  try {
    execFileSync('redis-server', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

export interface RedisServer {
  readonly url: string;
  /** Ends the server, which keeps what it holds. */
  stop(): Promise<void>;
  /** Starts it again, at the same place. */
  start(): Promise<void>;
  /** Ends it for good. */
  remove(): Promise<void>;
}

/** A Redis of its own: on the loopback, at a free port, with a folder that is removed. It ends with this process. */
export async function redisServer({ password }: { readonly password?: string } = {}): Promise<RedisServer> {
  const port = await freePort();
  const folder = await mkdtemp(join(tmpdir(), 'redis-'));
  const secret = password === undefined ? [] : ['--requirepass', password];
  let child: ChildProcess | undefined;
  const kill = (): void => void child?.kill('SIGKILL');
  process.on('exit', kill);

  async function start(): Promise<void> {
    const place = ['--bind', '127.0.0.1', '--port', String(port), '--dir', folder, '--appendonly', 'yes', '--save', ''];
    const started = spawn('redis-server', [...place, ...secret], { stdio: ['ignore', 'pipe', 'inherit'] });
    child = started;
    for await (const line of createInterface({ input: started.stdout })) if (line.includes('Ready to accept')) break;
    started.stdout.resume();
  }
  async function stop(): Promise<void> {
    const ending = child;
    if (ending === undefined || ending.exitCode !== null || ending.signalCode !== null) return;
    ending.kill('SIGTERM');
    await once(ending, 'exit');
  }
  await start();
  return {
    url: `redis://${password === undefined ? '' : `:${password}@`}127.0.0.1:${port}`,
    start,
    stop,
    async remove() {
      process.off('exit', kill);
      await stop();
      await rm(folder, { recursive: true });
    },
  };
}
