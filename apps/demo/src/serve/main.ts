import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Command, InvalidArgumentError } from 'commander';
import { servePage } from './serve-page.ts';

// npm run demo [-- OPTIONS]
const folder = fileURLToPath(new URL('../../dist-web', import.meta.url));

const port = (text: string): number => {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 0 && value < 65536) return value;
  throw new InvalidArgumentError('It must be a whole number from 0 to 65535.');
};

const base = (text: string): string => {
  if (/^\/([\w.~-]+\/)*$/.test(text)) return text;
  throw new InvalidArgumentError('It must start and end with a slash, such as /downhill/.');
};

const options = new Command('npm run demo --')
  .description('Serves the demo page: every package at work in the browser.')
  .option('--port <number>', 'where to listen; 0 takes a free one', port, 4173)
  .option('--host <name>', 'whom to listen to; 0.0.0.0 is everybody', '127.0.0.1')
  .option('--base <path>', 'the folder that the page seems to be in', base, '/')
  .parse()
  .opts<{ port: number; host: string; base: string }>();

try {
  if (!existsSync(`${folder}/index.html`)) throw new Error('the page is not built yet: run npm run demo');
  const page = await servePage({ ...options, folder });
  process.stdout.write(`The demo is at ${page.address} (Ctrl-C ends it)\n`);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => void page.close());
} catch (error) {
  const { code, message } = error as NodeJS.ErrnoException;
  const words = code === 'EADDRINUSE' ? `port ${options.port} is taken; pass another one: npm run demo -- --port 0` : message;
  process.stderr.write(`npm run demo: ${words}\n`);
  process.exitCode = 1;
}
