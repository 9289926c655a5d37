import { wasmMemory, type WasmMemory } from '@downhill/wasm-kernels/memory';
import { buffersOf, segmentsFor, shapeOver, type Kernel, type KernelBuffer, type Segments } from '@downhill/core/compiler';
import { backend, engine, util, type Tensor } from '@tensorflow/tfjs-core';
import { generateWasm, RECORD_HEAD } from '../codegen/wasm.ts';
import { cellOf, itemAt, tensorOf, type Cell, type Executor, type Prepared, type Program, type StepItem } from './executor.ts';
import { gatheredKey, makeReadings } from './readings.ts';
import { stores, turnsOf, type Turn } from './schedule-stages.ts';

type Run = (records: number, segments: number) => void;

const modules = new Map<string, WebAssembly.Module>();
const instances = new WeakMap<WebAssembly.Memory, Map<string, Run>>();

/** A kernel linked to a memory; compiled once for each kind of memory, linked once for each memory. */
function link(kernel: Kernel, { memory, shared }: WasmMemory): Run {
  const linked = instances.get(memory) ?? new Map<string, Run>();
  instances.set(memory, linked);
  const known = linked.get(kernel.hash);
  if (known !== undefined) return known;
  const key = `${kernel.hash} ${shared}`;
  const module = modules.get(key) ?? new WebAssembly.Module(generateWasm(kernel, shared));
  modules.set(key, module);
  const run = new WebAssembly.Instance(module, { env: { memory } }).exports['run'] as Run;
  linked.set(kernel.hash, run);
  return run;
}

interface PreparedTurn extends Turn {
  readonly segments: Segments;
  readonly buffers: readonly KernelBuffer[];
  /** Words from the arena's start. */
  readonly records: number;
  readonly uniforms: number;
}

/** Turns with one kernel, whose records lie one behind the other: one call into WebAssembly. */
interface Call {
  readonly run: Run;
  readonly stores: boolean;
  readonly records: number;
  readonly segments: number;
  readonly turns: readonly PreparedTurn[];
}

/** Where everything lies in a scratch block of the backend's memory, in 32-bit words. */
class Arena {
  words = 0;

  take(words: number): number {
    const place = this.words;
    this.words += words + (words % 2); // float64 needs an even place
    return place;
  }
}

/** Scalars are the same for all parameters; sizes and random keys are not. */
const sameForAll = (kernel: Kernel): boolean => kernel.uniforms.every(({ data }) => data.op === 'scalar');

function layOut(programs: readonly Program[], arena: Arena, memory: WasmMemory): readonly Call[] {
  const calls: Call[] = [];
  const turns = turnsOf(programs);
  for (let from = 0; from < turns.length;) {
    const first = turns[from];
    if (first === undefined) break;
    const { kernel } = first.stage;
    let to = from;
    while (turns[to]?.stage.kernel.hash === kernel.hash && turns[to]?.stage.level === first.stage.level) to++;
    const shared = sameForAll(kernel) ? arena.take(kernel.uniforms.length) : undefined;
    const buffers = buffersOf(kernel);
    const width = RECORD_HEAD + buffers.length;
    const pieces = turns.slice(from, to).map((turn) => ({
      ...turn,
      buffers,
      segments: segmentsFor(turn.stage.kernel, programs[turn.program]?.info.shape ?? []),
      uniforms: shared ?? arena.take(kernel.uniforms.length),
    }));
    const segments = pieces.reduce((sum, piece) => sum + piece.segments.length, 0);
    const records = arena.take(segments * width);
    let place = records;
    const placed = pieces.map((piece) => {
      const turn = { ...piece, records: place };
      place += piece.segments.length * width;
      return turn;
    });
    calls.push({ run: link(kernel, memory), stores: stores(first), records, segments, turns: placed });
    from = to;
  }
  return calls;
}

/** A tensor that takes a cell's place after the step. */
interface Fresh {
  readonly cell: Cell;
  readonly tensor: Tensor;
}

function reach(): WasmMemory {
  const memory = wasmMemory(backend());
  if (memory === undefined) throw new TypeError('the wasm backend is not active');
  return memory;
}

/** Runs kernels in the memory of tfjs's wasm backend: a step is a call for each kernel, whatever the number of tensors. */
export const wasmExecutor: Executor = {
  name: 'wasm',
  prepare(programs: readonly Program[]): Prepared {
    const memory = reach();
    const arena = new Arena();
    const gathered = new Map<string, number>();
    programs.forEach(({ info, plan }, program) => {
      for (const { name, over } of plan.accumulators) {
        const key = gatheredKey(program, name);
        if (!gathered.has(key)) gathered.set(key, arena.take(2 * util.sizeFromShape([...shapeOver(info.shape, over)])));
      }
    });
    const calls = layOut(programs, arena, memory);
    const words = new Int32Array(arena.words);
    const numbers = new Float32Array(words.buffer);
    const base = memory.allocate(4 * arena.words);

    const readings = makeReadings(
      programs,
      (key) => new Float64Array(memory.memory.buffer, base + 4 * (gathered.get(key) ?? 0), 1)[0] ?? Number.NaN,
    );
    const addressOf = (tensor: Tensor): number => memory.address(tensor.dataId);

    function writeUniforms({ stage, uniforms }: PreparedTurn, item: StepItem): void {
      stage.kernel.uniforms.forEach(({ data }, i) => {
        const value = item.uniform(data);
        if (data.op === 'key') words[uniforms + i] = value;
        else numbers[uniforms + i] = value;
      });
    }

    /** Where a result goes: in place where the backend says that nobody else holds the data, else to fresh storage. */
    function target(item: StepItem, name: string, fresh: Fresh[], inPlace: number | undefined): number {
      const cell = cellOf(item, name);
      if (cell.ownStorage && backend().refCount(cell.tensor.dataId) === 1) return inPlace ?? addressOf(cell.tensor);
      const { dataId, dtype } = memory.uninitialized(cell.shape, 'float32');
      const made = engine().makeTensorFromDataId(dataId, [...cell.shape], dtype);
      fresh.push({ cell, tensor: made });
      return addressOf(made);
    }

    function addressesFor({ program, stage: { kernel }, buffers }: PreparedTurn, item: StepItem, fresh: Fresh[]): readonly number[] {
      const addresses: number[] = [];
      for (const [i, { kind, name }] of buffers.entries()) {
        if (kind === 'gathered') addresses.push(base + 4 * (gathered.get(gatheredKey(program, name)) ?? 0));
        else if (i < kernel.loads.length) addresses.push(addressOf(tensorOf(item, name)));
        else addresses.push(target(item, name, fresh, addresses[kernel.loads.findIndex((load) => load.name === name)]));
      }
      return addresses;
    }

    function writeRecords(turn: PreparedTurn, item: StepItem, fresh: Fresh[]): void {
      const { segments, buffers, records, uniforms } = turn;
      const addresses = addressesFor(turn, item, fresh);
      const width = RECORD_HEAD + buffers.length;
      for (let segment = 0; segment < segments.length; segment++) {
        const from = segment * segments.width;
        const to = records + segment * width;
        words[to] = segments.table[from] ?? 0;
        words[to + 1] = segments.table[from + 1] ?? 0;
        words[to + 2] = base + 4 * uniforms;
        for (let i = 0; i < buffers.length; i++)
          words[to + RECORD_HEAD + i] =
            (addresses[i] ?? 0) + (segments.table[from + 2 + i] ?? 0) * (buffers[i]?.kind === 'gathered' ? 8 : 4);
      }
    }

    return {
      ...readings,
      run(items, step, proceed) {
        const fresh: Fresh[] = [];
        let stored = false;
        try {
          // What is still to be computed may need the values that are overwritten below.
          if (items.some(({ cells }) => [...cells.values()].some(({ ownStorage }) => ownStorage))) memory.settle();
          for (const { turns } of calls)
            turns.forEach((turn, i) => {
              const item = itemAt(items, turn.program);
              if (i === 0 || turn.uniforms !== turns[0]?.uniforms) writeUniforms(turn, item);
              writeRecords(turn, item, fresh);
            });
          new Int32Array(memory.memory.buffer, base, words.length).set(words);
          for (const call of calls) if (!call.stores) call.run(base + 4 * call.records, call.segments);
          if (!proceed(readings.badGradients())) return false;
          for (const call of calls) if (call.stores) call.run(base + 4 * call.records, call.segments);
          stored = true;
          for (const { cell, tensor } of fresh) cell.replace(tensor);
          for (const { cells } of items) {
            const parameter = cells.get('parameter');
            if (parameter !== undefined) memory.changed(parameter.tensor.dataId);
          }
          readings.note(items, step);
          return true;
        } finally {
          if (!stored) for (const { tensor } of fresh) tensor.dispose();
        }
      },
      dispose: () => memory.free(base),
    };
  },
};
