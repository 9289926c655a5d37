import { createServer, type Server } from 'node:http';
import sirv from 'sirv';
import { POLICY } from './policy.ts';

export { POLICY };

export interface ServeOptions {
  /** The folder with the built page. */
  readonly folder: string;
  /** 0 takes one that is free. */
  readonly port: number;
  /** `127.0.0.1` is this machine alone. */
  readonly host: string;
  /** The folder that the page seems to be in, such as `/downhill/`. @defaultValue '/' */
  readonly base?: string;
}

const HEADERS: Readonly<Record<string, string>> = {
  'Content-Security-Policy': `${POLICY}; frame-ancestors 'none'`,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
};

/** A running server. */
export interface ServedPage {
  readonly address: string;
  close(): Promise<void>;
}

/**
 * Serves the built page under its content-security policy.
 *
 * @throws Error of Node.js where the port is taken or the host is not this machine's.
 */
export async function servePage({ folder, port, host, base = '/' }: ServeOptions): Promise<ServedPage> {
  const files = sirv(folder, { etag: true, setHeaders: (response) => setAll(response) });
  const server = createServer((request, response) => {
    const { url = '/' } = request;
    if (url === base.slice(0, -1)) {
      response.writeHead(302, { ...HEADERS, Location: base }).end();
      return undefined;
    }
    const missing = (): void => {
      response.writeHead(404, { ...HEADERS, 'Content-Type': 'text/plain' }).end('There is no such file.\n');
    };
    if (!url.startsWith(base)) return missing();
    request.url = `/${url.slice(base.length)}`;
    return files(request, response, missing);
  });
  await listening(server, port, host);
  const taken = server.address();
  const at = typeof taken === 'object' && taken !== null ? taken.port : port;
  return {
    address: `http://${host.includes(':') ? `[${host}]` : host}:${at}${base}`,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

function setAll(response: { setHeader(name: string, value: string): unknown }): void {
  for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
}

const listening = (server: Server, port: number, host: string): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
