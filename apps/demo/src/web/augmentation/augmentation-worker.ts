import '@tensorflow/tfjs-backend-cpu';
import { setBackend } from '@tensorflow/tfjs-core';
import { answerRequests } from '../work/answer-requests.ts';
import { inSlices } from '../work/in-slices.ts';
import type { AugmentationRequest, Cell } from './augmentation-protocol.ts';
import { shownPictures } from './shown-pictures.ts';

const ready = setBackend('cpu'); // tensors only carry the pixels: augmentation has kernels of its own
const known = new Map<string, string>();

answerRequests<AugmentationRequest, Cell>(async (request, { signal, tell }) => {
  await ready;
  await inSlices(shownPictures(request, known, tell), signal);
});
