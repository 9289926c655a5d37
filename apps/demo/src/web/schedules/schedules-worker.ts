import '@tensorflow/tfjs-backend-cpu';
import { build, isSchedule, type PluginJson, type Schedule } from '@downhill/core';
import { setBackend } from '@tensorflow/tfjs-core';
import { registerRules } from '../../recipe/rules.ts';
import { answerRequests } from '../work/answer-requests.ts';
import { inSlices } from '../work/in-slices.ts';
import type { RunAnswer, RunsRequest } from './schedules-protocol.ts';
import { momentumRule, smallRun } from './small-run.ts';

registerRules();
const ready = setBackend('cpu'); // some eighty weights: any other backend would mostly wait

function scheduleOf(json: PluginJson): Schedule {
  const schedule = build(json);
  if (isSchedule(schedule)) return schedule;
  throw new TypeError(`'${schedule.name}' is no schedule`);
}

answerRequests<RunsRequest, RunAnswer>(async ({ schedules, steps }, { signal, tell }) => {
  await ready;
  for (const [schedule, json] of schedules.entries()) {
    const losses = await inSlices(smallRun(momentumRule(scheduleOf(json)), steps), signal);
    if (losses === undefined) return;
    tell({ schedule, losses });
  }
});
