import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import '@tensorflow/tfjs-layers'; // registers tfjs's gradients
import { enableProdMode, setBackend } from '@tensorflow/tfjs-core';

export type BackendName = 'cpu' | 'wasm';

/** Makes a backend the active one, without tfjs's greeting. */
export async function useBackend(name: BackendName): Promise<void> {
  enableProdMode();
  await setBackend(name);
}
