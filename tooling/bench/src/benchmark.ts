import type { Once, Pace } from './measure/alternate.ts';
import type { Contender } from './measure/contender.ts';
import type { Pair, Report } from './report/report.ts';
import type { PythonPackage } from './python.ts';

/** A benchmark: cases, and who meets whom in them. */
export interface Benchmark {
  readonly name: string;
  readonly summary: string;
  readonly pace: Pace;
  /** What its peers in Python need. @defaultValue 'torch' */
  readonly imports?: PythonPackage;
  readonly cases: readonly BenchmarkCase[];
  /** What it is printed as, and the README that shows what a run of all cases found: between two marks of the benchmark's name. */
  readonly shown?: { readonly readme: string; readonly text: (report: Report) => string };
  /** Makes a contender that runs in Node; called in its own process. */
  contender(caseName: string, contender: string): Promise<Contender>;
}

/** One case of a benchmark. */
export interface BenchmarkCase {
  readonly name: string;
  readonly pairs: readonly Pair[];
  /** Contenders of which one step has to do. */
  readonly once?: Once;
  /** What PyTorch's contenders are told, as JSON: the script in `python/` and its settings. Left out where there are none. */
  readonly torch?: TorchTask;
}

/** What `python/worker.py` is to run. */
export interface TorchTask {
  readonly module: string;
  readonly settings: Readonly<Record<string, unknown>>;
}
