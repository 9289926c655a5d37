import type { calls } from '../pages/main-job.ts';
import { launch } from '../launch.ts';
import { openProgram } from '../open-program.ts';
import { serve } from '../serve.ts';
import { SETTINGS } from './settings.ts';

/** The hash of the main job's weights, in a worker of Chromium. @param folder The built pages. */
export async function hashInChromium(folder: string): Promise<string> {
  const { url, close } = await serve(folder);
  const browser = await launch();
  try {
    const { call, problems } = await openProgram<typeof calls>(browser, url, 'main-job');
    const hash = await call('hash', SETTINGS);
    if (problems.length > 0) throw new Error(problems.join('; '));
    return hash;
  } finally {
    await browser.close();
    await close();
  }
}
