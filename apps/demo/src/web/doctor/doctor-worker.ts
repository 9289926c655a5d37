import '@tensorflow/tfjs-backend-cpu';
import { setBackend } from '@tensorflow/tfjs-core';
import { answerRequests } from '../work/answer-requests.ts';
import type { DoctorAnswer, DoctorRequest } from './doctor-protocol.ts';
import { provokedRun } from './provoked-run.ts';
import { SENSIBLE } from './recipe.ts';
import { symptomOf } from './symptoms.ts';

const ready = setBackend('cpu'); // a few thousand weights: any other backend would mostly wait

answerRequests<DoctorRequest, DoctorAnswer>(async ({ finding, seed }, { signal, tell }) => {
  await ready;
  const recipe = { ...SENSIBLE, ...symptomOf(finding).change };
  await provokedRun({ recipe, seed, signal, onLook: (look) => tell({ look, ended: false }) });
  tell({ ended: true });
});
