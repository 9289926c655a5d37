import { enableProdMode, ready, setBackend } from '@tensorflow/tfjs-core';
import type { Backend } from './family.ts';

/** Makes a backend the active one; loaded only when a file needs it. Those of a browser are loaded by the page. */
export async function openBackend(backend: Backend): Promise<void> {
  enableProdMode(); // without tfjs's advice to install its native backend
  const name = backend === 'tfjs' ? 'cpu' : backend;
  if (name === 'wasm') await import('@tensorflow/tfjs-backend-wasm');
  if (name === 'cpu') await import('@tensorflow/tfjs-backend-cpu');
  if (!(await setBackend(name))) throw new Error(`tfjs cannot start its ${name} backend here`);
  await ready();
}
