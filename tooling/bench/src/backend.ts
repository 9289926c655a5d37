import { setBackend, version_core } from '@tensorflow/tfjs-core';

/** Makes a backend of tfjs the active one. */
export async function useBackend(name: BackendName): Promise<void> {
  if (name === 'wasm') await import('@tensorflow/tfjs-backend-wasm');
  else await import('@tensorflow/tfjs-backend-cpu');
  if (!(await setBackend(name))) throw new Error(`tfjs's ${name} backend does not start`);
}

export type BackendName = 'wasm' | 'cpu';

/** For the report. */
export const tfjsNotes: Readonly<Record<string, string>> = { tfjs: version_core };
