import { expose } from './lib/expose.ts';

export const calls = {
  /** Compiles text, which a strict policy forbids. */
  // oxlint-disable-next-line typescript/no-implied-eval -- to be refused
  evaluate: (): string => attempt(() => new Function('return 1')),
  /** Compiles WebAssembly, which ours allows: the smallest module. */
  compile: (): string => attempt(() => new WebAssembly.Module(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0))),
  /** Puts a script into the page. */
  inject: (): void => {
    const script = document.createElement('script');
    script.textContent = 'globalThis.injected = true';
    document.head.append(script);
  },
  /** Whether the script that was put into the page ran. */
  injected: (): boolean => 'injected' in globalThis,
  /** Asks another origin. */
  fetchElsewhere: (url: string): Promise<string> =>
    fetch(url).then(
      () => 'done',
      () => 'refused',
    ),
  logError: (text: string): void => console.error(text),
  logErrorInWorker: (text: string): Promise<void> =>
    new Promise((resolve) => {
      const worker = new Worker(new URL('workers/noisy.ts', import.meta.url), { type: 'module' });
      worker.addEventListener('message', () => resolve());
      worker.postMessage(text, []);
    }),
  throwLater: (text: string): void => {
    setTimeout(() => {
      throw new Error(text);
    });
  },
};

function attempt(work: () => unknown): string {
  try {
    work();
    return 'done';
  } catch (error) {
    return error instanceof Error ? error.name : String(error);
  }
}

expose(calls);
