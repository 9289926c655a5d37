import '@tensorflow/tfjs-backend-cpu';
import { setBackend } from '@tensorflow/tfjs-core';
import { inSlices } from '../work/in-slices.ts';
import { trainDigitsNet } from './digits-net.ts';
import { kept } from './kept.ts';
import { readDigits } from './read-digits.ts';
import type { Part, PartAnswer, RegularizationAnswer, RegularizationRequest } from './regularization-protocol.ts';
import { shownParts } from './shown-parts.ts';

const ready = setBackend('cpu'); // a network of some thousand weights and one picture: it is there at once, with nothing to fetch
const digits = readDigits();
const net = kept(trainDigitsNet(digits));
const known = new Map<Part, string>();
let latest = 0;

addEventListener('message', ({ data: request }: MessageEvent<RegularizationRequest>) => {
  const { id } = request;
  latest = id;
  const means = { digits, net, known, tell: (answer: PartAnswer) => postMessage({ ...answer, id } satisfies RegularizationAnswer) };
  void ready.then(() => inSlices(shownParts(request, means), () => id === latest));
});
