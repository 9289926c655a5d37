import {
  buffersOf,
  segmentsFor,
  shapeOver,
  uniformBlock,
  type BufferData,
  type Kernel,
  type RunKernel,
  type Segments,
  type UniformBlock,
} from '@downhill/core/compiler';
import { backend, tensor, util, type Tensor } from '@tensorflow/tfjs-core';
import { isCpuBackend, readValuesOf, valuesOf } from '../internals/cpu.ts';
import { blockRunner } from './blocks.ts';
import { cellOf, itemAt, tensorOf, type Cell, type Executor, type Prepared, type Program, type StepItem } from './executor.ts';
import { gatheredKey, makeReadings } from './readings.ts';
import { stores, turnsOf, type Turn } from './schedule-stages.ts';

const compiled = new Map<string, RunKernel>();

/** A kernel as a function, compiled once. */
function compile(kernel: Kernel): RunKernel {
  const run = compiled.get(kernel.hash) ?? blockRunner(kernel);
  compiled.set(kernel.hash, run);
  return run;
}

interface PreparedTurn extends Turn {
  readonly run: RunKernel;
  readonly segments: Segments;
  readonly uniforms: UniformBlock;
}

/** An array that takes a cell's place after the step. */
interface Fresh {
  readonly cell: Cell;
  readonly values: Float32Array;
}

function arrayOf(value: Tensor, look: typeof valuesOf = valuesOf): Float32Array {
  const active: unknown = backend();
  if (!isCpuBackend(active)) throw new TypeError('the cpu backend is not active');
  return look(active, value);
}

/** Where a result goes: slots in place where the backend says that nobody else holds the data, all else to fresh arrays. */
function targetFor(cell: Cell, name: string, fresh: Fresh[]): Float32Array {
  // Nobody can see whether an array that dataSync() gave away is still held: weights never change in place.
  if (cell.ownStorage && name !== 'parameter' && backend().refCount(cell.tensor.dataId) === 1) return arrayOf(cell.tensor);
  const values = new Float32Array(util.sizeFromShape([...cell.shape]));
  fresh.push({ cell, values });
  return values;
}

/** Runs kernels over the arrays of tfjs's cpu backend. */
export const cpuExecutor: Executor = {
  name: 'cpu',
  prepare(programs: readonly Program[]): Prepared {
    const gathered = new Map<string, Float64Array>();
    programs.forEach(({ info, plan }, program) => {
      for (const { name, over } of plan.accumulators)
        gathered.set(gatheredKey(program, name), new Float64Array(util.sizeFromShape([...shapeOver(info.shape, over)])));
    });
    const turns: readonly PreparedTurn[] = turnsOf(programs).map((turn) => {
      const { kernel } = turn.stage;
      return {
        ...turn,
        run: compile(kernel),
        segments: segmentsFor(kernel, programs[turn.program]?.info.shape ?? []),
        uniforms: uniformBlock(kernel.uniforms.length),
      };
    });

    const readings = makeReadings(programs, (key) => gathered.get(key)?.[0] ?? Number.NaN);

    /** A turn's buffers; takes fresh arrays for what may not be written in place. */
    function buffersFor({ program, stage: { kernel } }: Turn, item: StepItem, fresh: Fresh[]): readonly BufferData[] {
      return buffersOf(kernel).map(({ kind, name }, i) => {
        if (kind === 'gathered') return gathered.get(gatheredKey(program, name)) ?? new Float64Array(1);
        if (i < kernel.loads.length) return arrayOf(tensorOf(item, name), readValuesOf);
        return targetFor(cellOf(item, name), name, fresh);
      });
    }

    return {
      ...readings,
      run(items, step, proceed) {
        for (const values of gathered.values()) values.fill(0);
        const fresh: Fresh[] = [];
        // All memory is taken before anything is written, so that a step is applied whole or not at all.
        const calls = turns.map((turn) => {
          const item = itemAt(items, turn.program);
          const { numbers, words } = turn.uniforms;
          turn.stage.kernel.uniforms.forEach(({ data }, i) => ((data.op === 'key' ? words : numbers)[i] = item.uniform(data)));
          return { ...turn, buffers: buffersFor(turn, item, fresh) };
        });
        const call = ({ run, segments, uniforms, buffers }: (typeof calls)[number]): void => run(segments, uniforms, buffers);
        calls.filter((turn) => !stores(turn)).forEach(call);
        if (!proceed(readings.badGradients())) return false;
        calls.filter(stores).forEach(call);
        for (const { cell, values } of fresh) cell.replace(tensor(values, [...cell.shape], 'float32'));
        readings.note(items, step);
        return true;
      },
      dispose: () => gathered.clear(),
    };
  },
};
