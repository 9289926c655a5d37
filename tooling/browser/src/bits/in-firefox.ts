import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MainJobReply } from '../pages/main-job.ts';
import { serve } from '../serve.ts';
import { SETTINGS } from './settings.ts';

/** The hash of the main job's weights, in a Firefox without a driver: the page posts what came of it. @param folder The built pages. */
export async function hashInFirefox(file: string, folder: string): Promise<string> {
  const profile = mkdtempSync(join(tmpdir(), 'downhill-firefox-'));
  let answer: (body: string) => void = () => {};
  const answered = new Promise<string>((resolve) => (answer = resolve));
  const { url, close } = await serve(folder, { onReply: answer });
  const page = new URL('main-job.html', url);
  page.searchParams.set('settings', JSON.stringify(SETTINGS));
  const firefox = spawn(file, ['--headless', '--no-remote', '--profile', profile, page.href], { stdio: 'ignore' });
  const gone = new Promise<never>((_, reject) => {
    firefox.once('error', reject).once('exit', (code) => reject(new Error(`${file} ended with ${code} before it answered`)));
  });
  try {
    const reply = JSON.parse(await Promise.race([answered, gone])) as MainJobReply;
    if ('hash' in reply) return reply.hash;
    throw new Error(reply.problem);
  } finally {
    gone.catch(() => {}); // it shall end now
    const ended = firefox.exitCode === null ? new Promise((resolve) => firefox.once('exit', resolve)) : undefined;
    firefox.kill();
    await ended;
    await close();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}
