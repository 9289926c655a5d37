import '@tensorflow/tfjs-backend-cpu';
import { build, isSchedule, type PluginJson, type Schedule } from '@downhill/core';
import { setBackend } from '@tensorflow/tfjs-core';
import { registerRules } from '../../recipe/rules.ts';
import { inSlices } from '../work/in-slices.ts';
import type { RunAnswer, RunsRequest } from './schedules-protocol.ts';
import { momentumRule, smallRun } from './small-run.ts';

registerRules();
const ready = setBackend('cpu'); // some eighty weights: any other backend would mostly wait
let latest = 0;

function scheduleOf(json: PluginJson): Schedule {
  const schedule = build(json);
  if (isSchedule(schedule)) return schedule;
  throw new TypeError(`'${schedule.name}' is no schedule`);
}

async function run({ id, schedules, steps }: RunsRequest): Promise<void> {
  await ready;
  for (const [index, json] of schedules.entries()) {
    let result: RunAnswer['result'];
    try {
      const losses = await inSlices(smallRun(momentumRule(scheduleOf(json)), steps), () => id === latest);
      if (losses === undefined) return;
      result = { losses };
    } catch (error) {
      result = { problem: error instanceof Error ? error.message : String(error) };
    }
    if (id !== latest) return;
    postMessage({ id, schedule: index, result } satisfies RunAnswer);
  }
}

addEventListener('message', ({ data }: MessageEvent<RunsRequest>) => {
  latest = data.id;
  void run(data);
});
