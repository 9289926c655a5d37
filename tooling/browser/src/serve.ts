import { dirname } from 'node:path';
import { preview } from 'vite';
import { POLICY } from './policy.ts';

export interface Served {
  /** Where the folder's files are: `http://127.0.0.1:4173/` and the sub-path. */
  readonly url: string;
  readonly close: () => Promise<void>;
}

export interface ServeOptions {
  /** The sub-path that it is served from. @defaultValue '/' */
  readonly under?: string;
  /** Whether pages may share memory with their workers. @defaultValue false */
  readonly isolated?: boolean;
}

/** Serves a folder of built pages, under the policy, at a free port of this machine. */
export async function serve(folder: string, { under = '/', isolated = false }: ServeOptions = {}): Promise<Served> {
  const server = await preview({
    configFile: false,
    root: dirname(folder), // else Vite fears for the sources
    base: under,
    logLevel: 'warn',
    build: { outDir: folder },
    preview: {
      host: '127.0.0.1',
      port: 0,
      headers: {
        'Content-Security-Policy': POLICY,
        ...(isolated ? { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' } : {}),
      },
    },
  });
  const url = server.resolvedUrls?.local[0];
  if (url === undefined) throw new Error('the server has no address');
  return { url, close: () => server.close() };
}
