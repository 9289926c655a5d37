import { optimizers, type Deviation } from '@downhill/golden/optimizers';
import { env } from '@tensorflow/tfjs-core';
import { expose } from './lib/expose.ts';
import { openBackend, type BackendName } from './lib/backends.ts';

// tfjs computes with tensors as small as these on the cpu backend: then nothing would be compared.
env().set('WEBGL_CPU_FORWARD', false);
env().set('WEBGPU_CPU_FORWARD', false);

export const calls = {
  /** Replays a reference file of the update rules. */
  replay: async (name: string, file: unknown, backend: BackendName): Promise<readonly Deviation[]> => {
    await openBackend(backend);
    return optimizers.replay(name, file, backend);
  },
};

expose(calls);
