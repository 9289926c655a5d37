// node worker/main.js BENCHMARK CASE CONTENDER: times one contender for the process that started it.
import { benchmarks } from '../benchmarks.ts';
import { serve } from './serve.ts';

const [name, caseName = '', contender = ''] = process.argv.slice(2);
await serve(async () => {
  const benchmark = benchmarks.find((candidate) => candidate.name === name);
  if (benchmark === undefined) throw new Error(`no benchmark "${name}"`);
  return benchmark.contender(caseName, contender);
});
