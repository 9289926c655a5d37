import '@tensorflow/tfjs-backend-cpu';
import { setBackend } from '@tensorflow/tfjs-core';
import { inSlices } from '../work/in-slices.ts';
import type { AugmentationAnswer, AugmentationRequest } from './augmentation-protocol.ts';
import { shownPictures } from './shown-pictures.ts';

const ready = setBackend('cpu'); // tensors only carry the pixels: augmentation has kernels of its own
const known = new Map<string, string>();
let latest = 0;

addEventListener('message', ({ data: request }: MessageEvent<AugmentationRequest>) => {
  const { id } = request;
  latest = id;
  void ready.then(() =>
    inSlices(
      shownPictures(request, known, (cell) => postMessage({ ...cell, id } satisfies AugmentationAnswer)),
      () => id === latest,
    ),
  );
});
