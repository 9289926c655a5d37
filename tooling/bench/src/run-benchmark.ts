import type { Benchmark, BenchmarkCase } from './benchmark.ts';
import { contenderNames, workerCommand } from './contenders.ts';
import { alternate } from './measure/alternate.ts';
import { machine } from './report/machine.ts';
import { rowsOf, type KernelRow, type Machine, type Report, type Row } from './report/report.ts';
import { findPython, howToGet } from './python.ts';
import { startWorker, type Worker } from './worker/client.ts';

const KERNEL_STEPS = 10;

/** Runs the cases of a benchmark, one after the other. */
export async function runBenchmark(benchmark: Benchmark, cases: readonly BenchmarkCase[], log: (line: string) => void): Promise<Report> {
  const { imports = 'torch' } = benchmark;
  const python = await findPython(imports);
  if (python === undefined) log(howToGet(imports));
  const rows: Row[] = [];
  const kernels: KernelRow[] = [];
  let notes: Machine = {};
  for (const oneCase of cases) {
    const found = await runCase(benchmark, oneCase, python, (line) => log(`${oneCase.name}: ${line}`));
    rows.push(...found.rows);
    kernels.push(...found.kernels);
    notes = { ...notes, ...found.notes };
  }
  return { benchmark: benchmark.name, machine: { ...machine(), ...notes }, rows, ...(kernels.length > 0 ? { kernels } : {}) };
}

interface CaseResult {
  readonly rows: readonly Row[];
  readonly kernels: readonly KernelRow[];
  readonly notes: Machine;
}

async function runCase(
  benchmark: Benchmark,
  oneCase: BenchmarkCase,
  python: string | undefined,
  log: (line: string) => void,
): Promise<CaseResult> {
  const workers: Worker[] = [];
  try {
    for (const name of contenderNames(oneCase)) {
      const command = workerCommand(benchmark, oneCase, name, python);
      if (command !== undefined) workers.push(await startWorker(command));
    }
    const times = await alternate(workers, benchmark.pace, { once: oneCase.once ?? new Set(), log });
    const subjects = workers.filter(({ name }) => oneCase.pairs.some(({ subject }) => subject === name));
    const kernels: KernelRow[] = [];
    for (const worker of subjects)
      for (const time of await worker.kernels(KERNEL_STEPS)) kernels.push({ case: oneCase.name, subject: worker.name, ...time });
    return {
      rows: rowsOf(oneCase.name, oneCase.pairs, times),
      kernels,
      notes: Object.assign({}, ...workers.map(({ notes }) => notes)) as Machine,
    };
  } finally {
    for (const worker of workers) worker.stop();
  }
}
