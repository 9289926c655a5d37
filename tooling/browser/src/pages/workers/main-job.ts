import { DEFAULTS, registerRules, runRecipe } from '@downhill/demo/recipe';
import { memoryStore } from '@downhill/training';
import '../lib/backends.ts';
import { fetchDigits } from '../lib/fetch-digits.ts';
import type { MainJob, MainJobReply } from '../main-job.ts';

async function hashOf(settings: MainJob): Promise<string> {
  registerRules();
  const config = { ...DEFAULTS, ...settings };
  const result = await runRecipe({ config, data: await fetchDigits(config.limit), store: memoryStore(), members: memoryStore() });
  if (result === undefined) throw new Error('the run ended early');
  return result.hash;
}

addEventListener('message', ({ data }: MessageEvent<MainJob>) => {
  const reply = (message: MainJobReply): void => postMessage(message);
  hashOf(data).then(
    (hash) => reply({ hash }),
    (error: unknown) => reply({ problem: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  );
});
