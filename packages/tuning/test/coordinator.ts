// A study whose trials run at workers, in a process that can be killed: REDIS NAME JOURNAL TRIALS.
import { openStudy } from '../src/index.ts';
import { journalFile } from '../src/node.ts';
import { objectiveOnRedis } from '../src/redis.ts';
import { studied } from './studied.ts';

const [redis = '', name = '', journal = '', trials = ''] = process.argv.slice(2);
const study = await openStudy({ ...studied, name, storage: journalFile(journal) });
const objective = await objectiveOnRedis({ redis, study: study.name });
const left = Number(trials) - (await study.view()).trials.filter(({ state }) => state === 'complete').length;
await study.optimize(objective, {
  trials: left,
  parallel: 2,
  onEvent: ({ type, trial }) => console.log(`${type} ${trial.number}`),
});
await objective.close();
console.log('done');
