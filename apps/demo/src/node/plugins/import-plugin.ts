import { register } from 'node:module';
import { pathToFileURL } from 'node:url';

let isHooked = false;

/** What a file exports; TypeScript is read through tsx. @throws what importing it throws. */
export async function importPlugin(file: string): Promise<Readonly<Record<string, unknown>>> {
  if (!isHooked) {
    isHooked = true;
    const tsx = await import('tsx/esm/api');
    tsx.register();
    register(new URL('resolve-hooks.js', import.meta.url));
  }
  return (await import(pathToFileURL(file).href)) as Readonly<Record<string, unknown>>;
}
