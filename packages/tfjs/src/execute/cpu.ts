import { buffersOf, interpreter, segmentsFor, shapeOver, uniformBlock, type BufferData, type Kernel, type RunKernel, type Segments, type UniformBlock } from '@downhill/core/compiler';
import { backend, tensor, util, type Tensor } from '@tensorflow/tfjs-core';
import { generateJavascript, mayGenerateCode } from '../codegen/javascript.ts';
import { isCpuBackend, valuesOf } from '../internals/cpu.ts';
import type { Executor, Prepared, Program, StepItem } from './executor.ts';
import { gatheredKey, makeReadings } from './readings.ts';
import { stores, turnsOf, type Turn } from './schedule-stages.ts';

const compiled = new Map<string, RunKernel>();

/** A kernel as a function, compiled once: generated code, or where that is forbidden the interpreter, with the same results. */
function compile(kernel: Kernel): RunKernel {
  const known = compiled.get(kernel.hash);
  if (known !== undefined) return known;
  const run = mayGenerateCode() ? generateJavascript(kernel) : interpreter(kernel);
  compiled.set(kernel.hash, run);
  return run;
}

interface PreparedTurn extends Turn {
  readonly run: RunKernel;
  readonly segments: Segments;
  readonly uniforms: UniformBlock;
}

const active = (): unknown => backend();

function arrayOf(value: Tensor): Float32Array {
  const cpu = active();
  if (!isCpuBackend(cpu)) throw new TypeError('the cpu backend is not active');
  return valuesOf(cpu, value);
}

/** Runs kernels over the arrays of tfjs's cpu backend. */
export const cpuExecutor: Executor = {
  name: 'cpu',
  prepare(programs: readonly Program[]): Prepared {
    const gathered = new Map<string, Float64Array>();
    programs.forEach(({ info, plan }, program) => {
      for (const { name, over } of plan.accumulators) gathered.set(gatheredKey(program, name), new Float64Array(util.sizeFromShape([...shapeOver(info.shape, over)])));
    });
    const turns: readonly PreparedTurn[] = turnsOf(programs).map((turn) => {
      const { kernel } = turn.stage;
      return { ...turn, run: compile(kernel), segments: segmentsFor(kernel, programs[turn.program]?.info.shape ?? []), uniforms: uniformBlock(kernel.uniforms.length) };
    });

    const readings = makeReadings(programs, (key) => gathered.get(key)?.[0] ?? Number.NaN);

    function runTurn({ program, stage, run, segments, uniforms }: PreparedTurn, item: StepItem): void {
      const { kernel } = stage;
      kernel.uniforms.forEach(({ data }, i) => ((data.op === 'key' ? uniforms.words : uniforms.numbers)[i] = item.uniform(data)));
      const fresh: { readonly name: string; readonly values: Float32Array }[] = [];
      const target = (name: string): BufferData => {
        const cell = item.cells.get(name);
        if (cell === undefined) throw new TypeError(`no cell for ${name}`);
        // Nobody can see whether an array that dataSync() gave away is still held: weights never change in place.
        if (cell.ownStorage && name !== 'parameter' && backend().refCount(cell.tensor.dataId) === 1) return arrayOf(cell.tensor);
        const values = new Float32Array(cell.tensor.size);
        fresh.push({ name, values });
        return values;
      };
      const firstStore = kernel.loads.length;
      const buffers = buffersOf(kernel).map((buffer, i) => {
        if (buffer.kind === 'gathered') return gathered.get(gatheredKey(program, buffer.name)) ?? new Float64Array(1);
        if (i >= firstStore) return target(buffer.name);
        return arrayOf(buffer.name === 'gradient' ? item.gradient : (item.cells.get(buffer.name)?.tensor ?? item.gradient));
      });
      run(segments, uniforms, buffers);
      for (const { name, values } of fresh) {
        const cell = item.cells.get(name);
        cell?.replace(tensor(values, cell.tensor.shape, 'float32'));
      }
    }

    return {
      ...readings,
      run(items, step, proceed) {
        for (const values of gathered.values()) values.fill(0);
        const each = (turn: PreparedTurn): void => {
          const item = items[turn.program];
          if (item !== undefined) runTurn(turn, item);
        };
        turns.filter((turn) => !stores(turn)).forEach(each);
        if (!proceed(readings.badGradients())) return false;
        turns.filter(stores).forEach(each);
        readings.note(items, step);
        return true;
      },
      dispose: () => gathered.clear(),
    };
  },
};
