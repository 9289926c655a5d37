import { enableProdMode, ready, setBackend } from '@tensorflow/tfjs-core';
import type { Backend } from './family.ts';

/** Makes a backend the active one; loaded only when a file needs it. */
export async function openBackend(backend: Backend): Promise<void> {
  enableProdMode(); // without tfjs's advice to install its native backend
  if (backend === 'wasm') await import('@tensorflow/tfjs-backend-wasm');
  else await import('@tensorflow/tfjs-backend-cpu');
  const name = backend === 'wasm' ? 'wasm' : 'cpu';
  if (!(await setBackend(name))) throw new Error(`tfjs cannot start its ${name} backend here`);
  await ready();
}
