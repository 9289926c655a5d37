import plain from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import simd from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import threads from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url';
import { env, setBackend } from '@tensorflow/tfjs-core';
import type { BackendName } from '../../recipe/defaults.ts';

/** A backend that is ready, and why it is this one. */
export interface OpenedBackend {
  readonly backend: BackendName;
  readonly why: string;
}

const LOADERS: Readonly<Record<BackendName, () => Promise<void>>> = {
  async wasm() {
    const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm');
    setWasmPaths({ 'tfjs-backend-wasm.wasm': plain, 'tfjs-backend-wasm-simd.wasm': simd, 'tfjs-backend-wasm-threaded-simd.wasm': threads });
    env().set('WASM_HAS_MULTITHREAD_SUPPORT', false); // it makes its threads of text, which the policy refuses
  },
  async webgl() {
    await import('@tensorflow/tfjs-backend-webgl');
  },
  async webgpu() {
    await import('@tensorflow/tfjs-backend-webgpu');
  },
  async cpu() {
    await import('@tensorflow/tfjs-backend-cpu');
  },
};

async function start(name: BackendName): Promise<boolean> {
  await LOADERS[name]();
  return setBackend(name).catch(() => false);
}

/**
 * Makes a backend the active one; its code is fetched only then.
 *
 * `best` is wasm, cpu where there is no WebAssembly. In Chromium on two cores a step of 64 images took some 40 ms on wasm with our training
 * kernels, 4,600 ms on cpu, and 3,900 ms on webgl without a graphics card. With a card webgl and webgpu may be faster than wasm: how much
 * differs from card to card, as do their bits, so they are for visitors to choose.
 *
 * @throws Error where this browser cannot start what was asked for
 */
export async function openBackend(wanted: BackendName | 'best'): Promise<OpenedBackend> {
  if (wanted !== 'best') {
    if (await start(wanted)) return { backend: wanted, why: 'as chosen' };
    throw new Error(`This browser cannot start ${wanted}. Choose best, wasm or cpu.`);
  }
  if (await start('wasm'))
    return { backend: 'wasm', why: 'with our kernels the fastest where there is no graphics card, and the same bits on every machine' };
  await start('cpu');
  return { backend: 'cpu', why: 'this browser has no WebAssembly, with which it would be faster' };
}
