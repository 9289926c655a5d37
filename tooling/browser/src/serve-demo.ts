import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { servePage, type ServedPage } from '@downhill/demo/serve';

const folder = fileURLToPath(new URL('../../../apps/demo/dist-web', import.meta.url));

/** Serves the demo as it was built, from a folder of a server as from any other. @throws Error where it was not built */
export function serveDemo(): Promise<ServedPage> {
  if (!existsSync(folder)) throw new Error(`the demo has not been built: there is no ${folder}. npm run demo builds it.`);
  return servePage({ folder, port: 0, host: '127.0.0.1', base: '/some/folder/' });
}
