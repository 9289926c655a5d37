import { build, checkOneOf, DownhillError, isTransform, register as registerFactories, show, streamKey, type Factory, type Transform } from '@downhill/core';
import type { Uniform } from '@downhill/core/compiler';
import { checkMasksFit, chain, masked } from '@downhill/core';
import * as tf from '@tensorflow/tfjs-core';
import { fromConfigText, toConfigText } from './config-text.ts';
import { chooseExecutor, type Execution } from './execute/choose.ts';
import type { Cell, StepItem } from './execute/executor.ts';
import { forgetTape } from './internals/tape.ts';
import { minimizeAgain, type Evaluation } from './minimize.ts';
import { compileStep, type StepProgram } from './program.ts';
import { Slots, VariableCell } from './slots.ts';

export interface OptimizerOptions {
  /**
   * What happens with NaN and infinite numbers. `'report'`: the step is applied, and {@link DownhillOptimizer.nonFiniteUpdates}
   * names tensor and step. `'skip'` and `'error'`: a step with such a gradient changes nothing and is not counted; the
   * latter throws. Both look at the gradients; what overflows inside a rule is reported. @defaultValue 'report'
   */
  readonly nonFinite?: 'report' | 'skip' | 'error';
  /** `'ops'` runs every step with tfjs operations, for comparison. @defaultValue 'fused' */
  readonly execution?: Execution;
}

/** Updates of a variable that were NaN or infinite, since they were last read. */
export interface NonFiniteReport {
  readonly variable: string;
  /** The first step with one, from 0. */
  readonly step: number;
  /** Elements, over all steps. */
  readonly count: number;
}

/** tfjs's own form of a list of gradients or saved weights. */
type NamedTensors = Parameters<tf.Optimizer['setWeights']>[0];

interface Update {
  readonly variable: tf.Variable;
  readonly gradient: tf.Tensor;
}

/** What a step needs of one variable, made anew only when the set of variables changes. */
interface Member {
  readonly variable: tf.Variable;
  readonly cells: ReadonlyMap<string, Cell>;
  readonly ordinal: number;
  readonly size: number;
  /** Whether rules that work on whole tensors are in its way, so that kernels hand updates on. */
  readonly matrices: boolean;
}

interface Compiled {
  readonly program: StepProgram;
  readonly members: readonly Member[];
  readonly backend: object;
}

/** All that must be let go of with an optimizer; it knows nothing of the optimizer itself, so that the collector can find that. */
class Holdings {
  readonly slots = new Slots();
  readonly compiled = new Map<string, Compiled>();
  iterations: tf.Tensor | undefined;

  clearPrograms(): void {
    for (const { program } of this.compiled.values()) program.dispose();
    this.compiled.clear();
  }

  dispose(): void {
    this.clearPrograms();
    this.slots.dispose();
    this.iterations?.dispose();
    this.iterations = undefined;
  }
}

// A model that is compiled a second time drops its optimizer without a word (tensorflow/tfjs: the slots leak).
const forgotten = new FinalizationRegistry<Holdings>((holdings) => holdings.dispose());

/** Brings a tensor that was made on another backend to the active one, as tfjs's own kernels do with their inputs. */
function bringHere(tensor: tf.Tensor): void {
  if (tf.backend().refCount(tensor.dataId) === 0) tf.clone(tensor).dispose();
}

/** The numbers of a step as a kernel asks for them. Holds on to no optimizer: what is kept for reading must not keep one alive. */
function uniformOf({ variable, ordinal, size }: Member, numbers: ReadonlyMap<string, number>, total: number, step: number): StepItem['uniform'] {
  return (data: Uniform['data']) => {
    switch (data.op) {
      case 'scalar':
        return numbers.get(data.name) ?? Number.NaN;
      case 'size':
        if (data.over === 'all') return total;
        return data.over === 'tensor' ? size : data.over.reduce((product, axis) => product * (variable.shape[axis] ?? 1), 1);
      case 'key':
        return streamKey(data.seed, data.stream, step, ordinal)[data.word];
      default:
        return data satisfies never;
    }
  };
}

const fail = (code: 'invalid-argument' | 'shape-mismatch' | 'unknown-name' | 'disposed' | 'unsupported', problem: string, advice: string): never => {
  throw new DownhillError({ code, source: 'optimizer', problem, advice });
};

/**
 * A transform as a `tf.Optimizer`; made by {@link optimizer}. Works in `model.compile`, `minimize`, and `computeGradients`
 * with `applyGradients`. Each step is one fused kernel on `cpu` and `wasm`, and tfjs operations elsewhere.
 */
export class DownhillOptimizer extends tf.Optimizer {
  static get className(): string {
    return 'DownhillOptimizer';
  }

  readonly transform: Transform;
  private readonly nonFinite: 'report' | 'skip' | 'error';
  private readonly execution: Execution;
  private readonly holdings = new Holdings();
  private latest: Compiled | undefined;
  private numbers = new Map<string, number>();
  private disposed = false;
  private skipped = 0;

  constructor(transform: Transform, { nonFinite = 'report', execution = 'fused' }: OptimizerOptions = {}) {
    super();
    if (!isTransform(transform)) fail('invalid-argument', `\`transform\` must be a transform, got ${show(transform)}`, 'Pass adamw(...), or chain(clipByGlobalNorm(1), adamw(...)).');
    checkOneOf('optimizer', 'nonFinite', nonFinite, ['report', 'skip', 'error']);
    checkOneOf('optimizer', 'execution', execution, ['fused', 'ops']);
    this.transform = transform;
    this.nonFinite = nonFinite;
    this.execution = execution;
    forgotten.register(this, this.holdings, this);
  }

  /** The numbers of the last step, such as `learningRate`; before the first step those that it will use. */
  get scalars(): Readonly<Record<string, number>> {
    const numbers = this.numbers.size > 0 ? this.numbers : this.scalarsAt(this.iterations);
    const short: Record<string, number> = {};
    for (const [key, value] of numbers) {
      const name = key.slice(key.lastIndexOf('/') + 1);
      short[name in short ? key : name] = value;
    }
    return short;
  }

  /** Steps that were skipped for a gradient that was not finite. */
  get skippedSteps(): number {
    return this.skipped;
  }

  private scalarsAt(step: number): Map<string, number> {
    const numbers = new Map<string, number>();
    for (const { path, rule } of this.transform.parts)
      for (const [name, value] of Object.entries(rule.scalars?.({ step, t: step + 1 }) ?? {})) {
        if (!Number.isFinite(value)) throw new DownhillError({ code: 'non-finite', source: path, problem: `\`${name}\` is ${value} at step ${step}`, advice: 'Nothing was applied. Check the schedule or the option that it comes from.' });
        numbers.set(`${path}/${name}`, value);
      }
    return numbers;
  }

  /** Null gradients are skipped, as tfjs's own optimizers do. */
  private updatesOf(gradients: tf.NamedTensorMap | NamedTensors): readonly Update[] {
    const named: readonly { readonly name: string; readonly tensor: tf.Tensor | null | undefined }[] = Array.isArray(gradients) ? gradients : Object.entries(gradients).map(([name, tensor]) => ({ name, tensor }));
    const { registeredVariables } = tf.engine();
    const seen = new Set<string>();
    return named.flatMap(({ name, tensor }) => {
      if (tensor === null || tensor === undefined) return [];
      const variable = registeredVariables[name] ?? fail('unknown-name', `there is no variable '${name}'`, 'Was it disposed of, or is the gradient filed under another name?');
      if (seen.has(name)) fail('invalid-argument', `two gradients for '${name}'`, 'Add them up first.');
      seen.add(name);
      if (!tf.util.arraysEqual(tensor.shape, variable.shape)) fail('shape-mismatch', `the gradient of '${name}' must have its shape [${variable.shape}], got [${tensor.shape}]`, 'Nothing was applied.');
      if (tensor.dtype !== 'float32' || variable.dtype !== 'float32') fail('invalid-argument', `'${name}' and its gradient must be float32, got ${variable.dtype} and ${tensor.dtype}`, 'Cast them to float32.');
      return [{ variable, gradient: tensor }];
    });
  }

  /**
   * Compiles the step of these variables ahead of the first one; later calls and steps find it ready.
   *
   * @throws DownhillError `unknown-name` where a parameter group fits none of them.
   */
  prepare(variables: readonly tf.Variable[]): void {
    this.compiledFor(variables);
  }

  private compiledFor(variables: readonly tf.Variable[]): Compiled {
    const backend = tf.backend();
    const same = (compiled: Compiled | undefined): compiled is Compiled =>
      compiled !== undefined && compiled.backend === backend && compiled.members.length === variables.length && compiled.members.every(({ variable }, i) => variable === variables[i]);
    if (same(this.latest)) return this.latest;
    const { slots, compiled } = this.holdings;
    if ([...compiled.values()].some((item) => item.backend !== backend)) this.holdings.clearPrograms();
    const key = variables.map(({ id, name }) => `${name} ${id}`).join('\n');
    const known = compiled.get(key);
    if (known !== undefined) return (this.latest = known);

    const infos = variables.map(({ name, shape }) => ({ name, shape }));
    for (const { rule, masks } of this.transform.parts) checkMasksFit(rule.name, masks, [...infos, ...Object.values(tf.engine().registeredVariables)]);
    const program = compileStep(this.transform, infos, chooseExecutor(this.execution), this.nonFinite !== 'report');
    try {
      slots.claim(variables.map((variable, i) => ({ variable, info: infos[i] ?? variable, slots: program.traces[i]?.slots ?? [] })));
    } catch (error) {
      program.dispose();
      throw error;
    }
    const members = variables.map((variable) => ({
      variable,
      cells: new Map<string, Cell>([...slots.cellsOf(variable.name), ['parameter', new VariableCell(variable)]]),
      ordinal: slots.ordinal(variable.name),
      size: variable.size,
      matrices: program.rounds.length > 1,
    }));
    for (const { cells } of members) for (const cell of cells.values()) bringHere(cell.tensor);
    const made = { program, members, backend };
    compiled.set(key, made);
    return (this.latest = made);
  }

  override applyGradients(gradients: tf.NamedTensorMap | NamedTensors): void {
    if (this.disposed) fail('disposed', 'the optimizer was disposed of', 'Make a new one.');
    const updates = this.updatesOf(gradients);
    if (this.transform.parts.some(({ rule }) => rule.gradients !== undefined) && !this.evaluating)
      fail('unsupported', `${this.transform.name} evaluates the loss itself`, 'Call minimize, or train with model.fit, instead of applyGradients.');
    if (updates.length > 0 && !this.apply(updates)) return;
    this.incrementIterations();
  }

  /** @returns Whether the step was applied. */
  private apply(updates: readonly Update[]): boolean {
    const step = this.iterations;
    const numbers = this.scalarsAt(step);
    const { program, members } = this.compiledFor(updates.map(({ variable }) => variable));
    this.numbers = numbers;
    for (const { gradient, variable } of updates) {
      bringHere(gradient);
      bringHere(variable);
    }
    const total = members.reduce((sum, { size }) => sum + size, 0);
    const flow = updates.map(({ gradient }) => gradient as tf.Tensor); // what the chain has made of each gradient so far
    const made: tf.Tensor[] = [];
    try {
      for (const round of program.rounds) {
        if (round.kind === 'kernel') {
          const items = round.members.map((i) => this.itemFor(members[i], flow, i, made, total, step));
          if (!round.prepared.run(items, step, (bad) => bad === 0 || this.refuse(updates, step))) return false;
        } else for (const { parameter, part } of round.members) this.runMatrix(part, members[parameter], flow, parameter, made);
      }
      return true;
    } finally {
      tf.dispose(made);
    }
  }

  private itemFor(member: Member | undefined, flow: tf.Tensor[], i: number, made: tf.Tensor[], total: number, step: number): StepItem {
    const gradient = flow[i];
    if (member === undefined || gradient === undefined) throw new TypeError('a round names a variable that is not in the step');
    const update: Cell = {
      tensor: gradient,
      ownStorage: false,
      replace(next) {
        made.push(tf.keep(next));
        flow[i] = next;
      },
    };
    const goesOn = member.matrices ? new Map([...member.cells, ['update', update]]) : member.cells;
    return { gradient, cells: goesOn, uniform: uniformOf(member, this.numbers, total, step) };
  }

  private runMatrix({ path, rule }: Transform['parts'][number], member: Member | undefined, flow: tf.Tensor[], i: number, made: tf.Tensor[]): void {
    if (member === undefined || rule.matrix === undefined) return;
    const { variable, cells } = member;
    const under = (key: string): string | undefined => (key.startsWith(`${path}/`) ? key.slice(path.length + 1) : undefined);
    const own = [...cells].flatMap(([key, cell]) => (under(key) === undefined ? [] : [[under(key) ?? '', cell] as const]));
    const scalars = [...this.numbers].flatMap(([key, value]) => (under(key) === undefined ? [] : [[under(key) ?? '', value] as const]));
    const result = tf.tidy(() => {
      const output = rule.matrix?.(flow[i], {
        parameter: variable,
        info: { name: variable.name, shape: variable.shape },
        slots: Object.fromEntries(own.map(([name, cell]) => [name, cell.tensor])),
        scalars: Object.fromEntries(scalars),
      });
      return { update: tf.clone(output?.update as tf.Tensor), slots: Object.fromEntries(Object.entries(output?.slots ?? {}).map(([name, tensor]) => [name, tf.clone(tensor as tf.Tensor)])) };
    });
    made.push(tf.keep(result.update));
    flow[i] = result.update;
    for (const [name, cell] of own) if (result.slots[name] !== undefined) cell.replace(result.slots[name]);
  }

  /** A step with a bad gradient: skipped, or refused with the names of the tensors. */
  private refuse(updates: readonly Update[], step: number): false {
    this.skipped += 1;
    if (this.nonFinite === 'skip') return false;
    const names = tf.tidy(() => updates.filter(({ gradient }) => tf.all(tf.isFinite(gradient)).dataSync()[0] !== 1).map(({ variable }) => variable.name));
    throw new DownhillError({ code: 'non-finite', source: 'optimizer', problem: `at step ${step} the gradient of ${names.join(', ')} is NaN or infinite`, advice: 'Nothing was applied. Lower the learning rate, clip the gradients, or look for log(0) and 0/0 in the loss.' });
  }

  private evaluating = false;

  /** The loss and its gradients: as tfjs computes them, or by the rule of the chain that does so itself. */
  private look(f: () => tf.Scalar, varList: tf.Variable[] | undefined): Evaluation {
    const evaluate = (): Evaluation => {
      try {
        return tf.tidy(() => this.computeGradients(f, varList) as Evaluation & tf.TensorContainerObject);
      } catch (error) {
        forgetTape();
        throw error;
      }
    };
    const again = this.transform.parts.filter(({ rule }) => rule.gradients !== undefined);
    if (again.length === 0) return evaluate();
    const variables = (varList ?? Object.values(tf.engine().registeredVariables)).filter(({ trainable }) => trainable);
    const { slots } = this.holdings;
    if (slots.waiting) this.prepare(variables);
    return minimizeAgain(again, { variables, numbers: this.scalarsAt(this.iterations), slots, evaluate });
  }

  override minimize(f: () => tf.Scalar, returnCost = false, varList?: tf.Variable[]): tf.Scalar | null {
    const { value, grads } = this.look(f, varList);
    try {
      this.evaluating = true;
      this.applyGradients(varList === undefined ? grads : varList.flatMap(({ name }) => (grads[name] === undefined ? [] : [{ name, tensor: grads[name] }])));
    } catch (error) {
      value.dispose();
      throw error;
    } finally {
      this.evaluating = false;
      tf.dispose(grads);
    }
    if (returnCost) return value;
    value.dispose();
    return null;
  }

  /**
   * Copies of a variable's slots, by `rule/slot`; the caller disposes of them.
   *
   * @param variable The variable or its name.
   * @throws DownhillError `unknown-name` where the optimizer has not seen the variable.
   */
  state(variable: string | tf.Variable): Record<string, tf.Tensor> {
    const name = typeof variable === 'string' ? variable : variable.name;
    if (!this.holdings.slots.names().includes(name)) fail('unknown-name', `no state for '${name}'`, `There is state for ${this.holdings.slots.names().join(', ') || 'no variable yet: take a step first'}.`);
    return Object.fromEntries([...this.holdings.slots.cellsOf(name)].map(([key, cell]) => [key, tf.mul(cell.tensor, 1)]));
  }

  /** The statistics of the last step, by variable and `rule/name`, with `nonFinite` (elements of the update). */
  async statistics(): Promise<Record<string, Record<string, number>>> {
    const all: Record<string, Record<string, number>> = {};
    for (const round of this.latest?.program.rounds ?? []) {
      if (round.kind !== 'kernel') continue;
      const values = await round.prepared.statistics();
      round.members.forEach((member, i) => {
        const name = this.latest?.members[member]?.variable.name ?? '';
        all[name] = { ...all[name], ...values[i] };
      });
    }
    return all;
  }

  /** Names the variables whose updates were not finite, with the first such step; reading clears the list. */
  async nonFiniteUpdates(): Promise<NonFiniteReport[]> {
    const reports: NonFiniteReport[] = [];
    for (const { program, members } of this.holdings.compiled.values())
      for (const round of program.rounds) {
        if (round.kind !== 'kernel') continue;
        for (const { program: i, step, count } of await round.prepared.nonFinite())
          reports.push({ variable: members[round.members[i] ?? 0]?.variable.name ?? '', step, count });
      }
    return reports.sort((a, b) => a.step - b.step);
  }

  /** The count of steps, then the slots as `variable/rule/slot`. The tensors are the live ones: clone what you keep. */
  override async getWeights(): Promise<NamedTensors> {
    this.holdings.iterations?.dispose();
    this.holdings.iterations = tf.keep(tf.scalar(this.iterations, 'int32'));
    return Promise.resolve([{ name: 'iter', tensor: this.holdings.iterations }, ...this.holdings.slots.namedTensors()]);
  }

  override async setWeights(weights: NamedTensors): Promise<void> {
    const slots = await this.extractIterations(weights);
    this.holdings.clearPrograms();
    this.latest = undefined;
    this.numbers = new Map();
    this.holdings.slots.load(slots);
  }

  /** @throws DownhillError `not-serializable` where a mask is a function. */
  override getConfig(): tf.serialization.ConfigDict {
    return { transform: toConfigText(this.transform), nonFinite: this.nonFinite };
  }

  static override fromConfig<T extends tf.serialization.Serializable>(cls: tf.serialization.SerializableConstructor<T>, config: tf.serialization.ConfigDict): T {
    const { transform, nonFinite } = config;
    return new cls(build(fromConfigText(String(transform))), { nonFinite });
  }

  override dispose(): void {
    forgotten.unregister(this);
    this.holdings.dispose();
    this.latest = undefined;
    this.disposed = true;
  }
}

/**
 * Turns a transform into a `tf.Optimizer`.
 *
 * @throws DownhillError `invalid-argument` for anything but a transform.
 */
export function optimizer(transform: Transform, options: OptimizerOptions = {}): DownhillOptimizer {
  return new DownhillOptimizer(transform, options);
}

/**
 * Makes factories known by name and this package's optimizer known to tfjs, so that `tf.loadLayersModel` builds a saved
 * optimizer again: `register({ adamw, cosine })`. `chain` and `masked` are always known.
 *
 * @throws DownhillError `name-taken` where another factory has a name.
 */
export function register(named: Readonly<Record<string, Factory>> = {}): void {
  registerFactories({ chain, masked, ...named });
  tf.serialization.registerClass(DownhillOptimizer as unknown as tf.serialization.SerializableConstructor<DownhillOptimizer>);
}
