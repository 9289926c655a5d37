import '@tensorflow/tfjs-backend-cpu';
import { setBackend } from '@tensorflow/tfjs-core';
import { answerRequests } from '../work/answer-requests.ts';
import { inSlices } from '../work/in-slices.ts';
import { digitsFile } from '../digits/digits-file.ts';
import { trainDigitsNet, type Digits, type DigitsNet } from './digits-net.ts';
import { kept } from './kept.ts';
import { readDigits } from './read-digits.ts';
import type { Part, RegularizationAnswer } from './regularization-protocol.ts';
import type { RegularizationState } from './regularization-state.ts';
import { shownParts } from './shown-parts.ts';

const ready = setBackend('cpu'); // a network of some thousand weights and one picture: it is there at once
let digits: Digits | undefined;
let net: (() => Generator<void, DigitsNet>) | undefined;
const known = new Map<Part, string>();

answerRequests<RegularizationState, RegularizationAnswer>(async (state, { signal, tell }) => {
  await ready;
  digits ??= await readDigits(digitsFile);
  net ??= kept(trainDigitsNet(digits));
  await inSlices(shownParts(state, { digits, net, known, tell }), signal);
});
