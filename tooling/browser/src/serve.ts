import { dirname } from 'node:path';
import { text } from 'node:stream/consumers';
import { POLICY } from '@downhill/demo/serve';
import { preview, type Plugin } from 'vite';

export interface Served {
  /** Where the folder's files are: `http://127.0.0.1:4173/`. */
  readonly url: string;
  readonly close: () => Promise<void>;
}

export interface ServeOptions {
  /** Hears of what a page posts to `/reply`. */
  readonly onReply?: (body: string) => void;
}

/** Serves a folder of built programs, under the demo's policy, at a free port of this machine. */
export async function serve(folder: string, { onReply }: ServeOptions = {}): Promise<Served> {
  const server = await preview({
    configFile: false,
    root: dirname(folder), // else Vite fears for the sources
    logLevel: 'warn',
    build: { outDir: folder },
    plugins: onReply === undefined ? [] : [replies(onReply)],
    preview: {
      host: '127.0.0.1',
      port: 0,
      headers: { 'Content-Security-Policy': POLICY },
    },
  });
  const url = server.resolvedUrls?.local[0];
  if (url === undefined) throw new Error('the server has no address');
  return { url, close: () => server.close() };
}

const replies = (onReply: (body: string) => void): Plugin => ({
  name: 'replies',
  configurePreviewServer({ middlewares }) {
    middlewares.use('/reply', (request, response) => {
      void text(request)
        .then(onReply)
        .finally(() => response.end());
    });
  },
});
