import '@tensorflow/tfjs-backend-cpu';
import { setBackend } from '@tensorflow/tfjs-core';
import { answerRequests } from '../work/answer-requests.ts';
import { inSlices } from '../work/in-slices.ts';
import { trainDigitsNet } from './digits-net.ts';
import { kept } from './kept.ts';
import { readDigits } from './read-digits.ts';
import type { Part, RegularizationAnswer } from './regularization-protocol.ts';
import type { RegularizationState } from './regularization-state.ts';
import { shownParts } from './shown-parts.ts';

const ready = setBackend('cpu'); // a network of some thousand weights and one picture: it is there at once, with nothing to fetch
const digits = readDigits();
const net = kept(trainDigitsNet(digits));
const known = new Map<Part, string>();

answerRequests<RegularizationState, RegularizationAnswer>(async (state, { signal, tell }) => {
  await ready;
  await inSlices(shownParts(state, { digits, net, known, tell }), signal);
});
