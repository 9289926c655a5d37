import { buffersOf, label, nodesOf, type Expression, type Gather, type Kernel, type Operation } from '@downhill/core/compiler';
import * as w from './wasm-module.ts';
import { wasmModule, type Code, type LocalType } from './wasm-module.ts';

/** 32-bit words of a segment's record before its addresses: the first element's place, the turns, the uniforms' address. */
export const RECORD_HEAD = 3;

/** Bytes of a segment's record. */
const recordBytes = (kernel: Kernel): number => 4 * (RECORD_HEAD + buffersOf(kernel).length);

const SIMPLE: Partial<Record<Operation, Code>> = {
  add: w.f32x4Add,
  sub: w.f32x4Sub,
  mul: w.f32x4Mul,
  div: w.f32x4Div,
  min: w.f32x4Min,
  max: w.f32x4Max,
  neg: w.f32x4Neg,
  abs: w.f32x4Abs,
  sqrt: w.f32x4Sqrt,
  floor: w.f32x4Floor,
  less: w.f32x4Lt,
  lessEqual: w.f32x4Le,
  equal: w.f32x4Eq,
  and: w.v128And,
  or: w.v128Or,
  integerAdd: w.i32x4Add,
  integerSub: w.i32x4Sub,
  integerXor: w.v128Xor,
  integerAnd: w.v128And,
  integerOr: w.v128Or,
  integerLess: w.i32x4LtU,
  toNumber: w.f32x4ConvertI32x4S,
  toInteger: w.i32x4TruncSatF32x4S,
  bitsOf: [],
  fromBits: [],
};

const shiftCount = (node: Expression | undefined): number => (node?.data.op === 'constant' ? node.data.value : 0);

/** Whether all bits of a constant are 0, as those of −0 are not. */
const isZero = (node: Expression | undefined): boolean => node?.data.op === 'constant' && Object.is(node.data.value, 0);

/** Leaves an operation's result on the stack; `get` pushes one of its inputs. */
function operationCode({ op, inputs }: Expression, get: (node: Expression | undefined) => Code): Code {
  const [a, b, c] = inputs;
  switch (op) {
    case 'select':
    case 'selectInteger':
      if (isZero(c)) return [...get(b), ...get(a), ...w.v128And];
      return [...get(b), ...get(c), ...get(a), ...w.v128Bitselect];
    case 'isFinite':
      return [...get(a), ...get(a), ...w.f32x4Sub, ...w.v128Const([0, 0, 0, 0]), ...w.f32x4Eq];
    case 'not': {
      if (a?.op !== 'isFinite') return [...get(a), ...w.v128Not];
      const [x] = a.inputs; // of every update it is counted how often it is not finite
      return [...get(x), ...get(x), ...w.f32x4Sub, ...w.v128Const([0, 0, 0, 0]), ...w.f32x4Ne];
    }
    case 'shiftLeft':
      return [...get(a), ...w.i32Const(shiftCount(b)), ...w.i32x4Shl];
    case 'shiftRight':
      return [...get(a), ...w.i32Const(shiftCount(b)), ...w.i32x4ShrU];
    case 'rotateLeft':
      return [
        ...get(a),
        ...w.i32Const(shiftCount(b)),
        ...w.i32x4Shl,
        ...get(a),
        ...w.i32Const(32 - shiftCount(b)),
        ...w.i32x4ShrU,
        ...w.v128Or,
      ];
    default: {
      const code = SIMPLE[op as Operation];
      if (code === undefined) throw new Error(`no WebAssembly for '${op}'`);
      return [...inputs.flatMap((input) => get(input)), ...code];
    }
  }
}

const wordOf = (value: number, integer: boolean): number =>
  integer ? value >>> 0 : (new Uint32Array(new Float32Array([value]).buffer)[0] ?? 0);

// Picks the two lower numbers of two vectors, or the two upper ones of the first.
const LOWER_TWO_OF_BOTH = [0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23];
const UPPER_TWO = [8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15];

/** How data is moved: four elements at once, or one in the lowest lane for the elements that are left. */
type Width = 4 | 1;

/** Elements of the long turn: four vectors, for which what is the same for all four is computed once. */
const LONG = 16;

/** Elements of a double turn: two vectors, for which the pointers move once, so that they need not be kept in memory in between. */
const DOUBLE = 8;

type Turn = Width | typeof LONG | typeof DOUBLE;

/** Operations up to which a loop of double turns is worth its code. */
const SHORT = 64;

/**
 * Whether an integer made of an element's place is the same for the four vectors of a long turn: the number of the turn, or
 * the place within a vector.
 */
function isSameInLongTurn({ op, inputs: [place, constant] }: Expression): boolean {
  if (place?.op !== 'index' || constant?.data.op !== 'constant') return false;
  const { value } = constant.data;
  return (op === 'shiftRight' && 2 ** value >= LONG) || (op === 'integerAnd' && value <= 3);
}

/** What an integer or condition made of an element's place comes to in one of the four vectors of a long turn, where that is known. */
function knownIn(vector: number, { op, inputs: [a, b] }: Expression): number | undefined {
  if (a === undefined || b?.data.op !== 'constant') return undefined;
  const { value } = b.data;
  if (op === 'integerAnd' && a.op === 'index' && value % 4 === 0 && value < LONG) return (4 * vector) & value;
  if (op !== 'integerLess') return undefined;
  const left = knownIn(vector, a);
  return left === undefined ? undefined : Number(left < value);
}

/** Writes the loop of one kernel. The locals are the writer's state; everything else is a function of the kernel. */
class KernelWriter {
  readonly #kernel: Kernel;
  readonly #types: LocalType[] = [];
  readonly #values = new Map<Expression, number>();
  readonly #pointers: readonly number[];
  readonly #place: number;
  readonly #left: number;
  readonly #uniforms: number;
  readonly #scratch: number;

  /** Arguments of `run`: the address of the records, how many there are. */
  static readonly RECORD = 0;
  static readonly SEGMENTS = 1;

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
    this.#place = this.#local('i32');
    this.#left = this.#local('i32');
    this.#uniforms = this.#local('i32');
    this.#scratch = this.#local('v128');
    this.#pointers = buffersOf(kernel).map(() => this.#local('i32'));
  }

  #local(type: LocalType): number {
    return 2 + this.#types.push(type) - 1;
  }

  /** The vector of a long or double turn that is being written. */
  #vector: number | undefined;

  /** Elements from where the pointers stand to those of that vector. */
  get #ahead(): number {
    return 4 * (this.#vector ?? 0);
  }

  readonly #get = (node: Expression | undefined): Code => w.localGet((node && this.#values.get(this.#chosen(node))) ?? 0);

  /** What a choice by the place comes to in the vector at hand. */
  readonly #chosen = (node: Expression): Expression => {
    const [condition, whenTrue, whenFalse] = node.inputs;
    if (this.#vector === undefined || condition === undefined || (node.op !== 'select' && node.op !== 'selectInteger')) return node;
    const known = knownIn(this.#vector, condition);
    const choice = known === 1 ? whenTrue : whenFalse;
    return known === undefined || choice === undefined ? node : this.#chosen(choice);
  };

  /** What the vector at hand needs, in order. */
  #neededBy(values: readonly Expression[]): readonly Expression[] {
    const needed = new Set<Expression>();
    const visit = (given: Expression): void => {
      const node = this.#chosen(given);
      if (needed.has(node)) return;
      node.inputs.forEach(visit);
      needed.add(node);
    };
    values.forEach(visit);
    return [...needed];
  }

  #pointer(i: number): Code {
    return w.localGet(this.#pointers[i] ?? 0);
  }

  #loadIndex(name: string): number {
    return this.#kernel.loads.findIndex((buffer) => buffer.name === name);
  }

  /** Gathered values are float64: they are finished, rounded to float32 and, one or four, put into a vector. */
  #readGathered(i: number, root: boolean, width: Width | 'splat'): Code {
    const finish = root ? w.f64x2Sqrt : [];
    if (width === 4) {
      const half = (offset: number): Code => [
        ...this.#pointer(i),
        ...w.v128Load(offset + 8 * this.#ahead),
        ...finish,
        ...w.f32x4DemoteF64x2Zero,
      ];
      return [...half(0), ...half(16), ...w.shuffle(LOWER_TWO_OF_BOTH)];
    }
    return [...this.#pointer(i), ...w.f64Load(0), ...(root ? w.f64Sqrt : []), ...w.f32Demote, ...w.f32x4Splat];
  }

  #leaf({ data, type }: Expression, width: Width): Code | undefined {
    if (data.op === 'constant') {
      const word = wordOf(data.value, type === 'integer');
      return w.v128Const([word, word, word, word]);
    }
    if (data.op === 'scalar' || data.op === 'size' || data.op === 'key') {
      const slot = this.#kernel.uniforms.findIndex((uniform) => uniform.name === label(data));
      return [...w.localGet(this.#uniforms), ...w.v128Load32Splat(4 * slot)];
    }
    const ahead = this.#ahead;
    if (data.op === 'index')
      return [...w.localGet(this.#place), ...w.i32x4Splat, ...w.v128Const([ahead, ahead + 1, ahead + 2, ahead + 3]), ...w.i32x4Add];
    if (data.op === 'reduced') {
      const i = this.#loadIndex(data.name);
      return this.#readGathered(i, data.reduction === 'norm', this.#kernel.loads[i]?.stride === 1 ? width : 'splat');
    }
    if (data.op === 'input') {
      const i = this.#loadIndex(data.name);
      if (this.#kernel.loads[i]?.stride === 0) return [...this.#pointer(i), ...w.v128Load32Splat(0)];
      return [...this.#pointer(i), ...(width === 4 ? w.v128Load(4 * this.#ahead) : w.v128Load32Zero())];
    }
    return undefined;
  }

  /** Whether a node has another value at each turn; the others are computed once a segment. */
  #varies(): (node: Expression) => boolean {
    const known = new Map<Expression, boolean>();
    const visit = (node: Expression): boolean => {
      const { data } = node;
      const own =
        data.op === 'index' ||
        ((data.op === 'input' || data.op === 'reduced') && this.#kernel.loads[this.#loadIndex(data.name)]?.stride === 1);
      const result = known.get(node) ?? (own || node.inputs.some(visit));
      known.set(node, result);
      return result;
    };
    return visit;
  }

  /** Of nodes that vary, those that are the same for all vectors of a long turn. */
  #lasting(varies: (node: Expression) => boolean): (node: Expression) => boolean {
    const known = new Map<Expression, boolean>();
    const visit = (node: Expression): boolean => {
      const result = known.get(node) ?? (!varies(node) || isSameInLongTurn(node) || (node.inputs.length > 0 && node.inputs.every(visit)));
      known.set(node, result);
      return result;
    };
    return visit;
  }

  #compute(nodes: readonly Expression[], width: Width): Code {
    return nodes.flatMap((node) => {
      const target = this.#values.get(node) ?? this.#local('v128');
      const code = this.#leaf(node, width) ?? operationCode(node, this.#get);
      this.#values.set(node, target);
      return [...code, ...w.localSet(target)];
    });
  }

  #store(width: Width): Code {
    return this.#kernel.stores.flatMap(({ buffer, value }, k) => {
      const address = this.#pointer(this.#kernel.loads.length + k);
      return [
        ...address,
        ...this.#get(value),
        ...(width === 4 && buffer.stride === 1 ? w.v128Store(4 * this.#ahead) : w.v128Store32Lane(0)),
      ];
    });
  }

  /** Two numbers of a vector as float64, ready to be added or compared. */
  #promoted(gather: Gather, value: Code, half: 0 | 1): Code {
    const lanes = half === 0 ? value : [...value, ...value, ...w.shuffle(UPPER_TWO)];
    if (gather === 'count') return [...w.v128Const([0, 0, 0, 0]), ...lanes, ...w.i32x4Sub, ...w.f64x2ConvertLowI32x4S];
    const wide = [...lanes, ...w.f64x2PromoteLowF32x4];
    if (gather === 'sum') return wide;
    if (gather === 'maxAbs') return [...wide, ...w.f64x2Abs];
    return [...wide, ...w.localTee(this.#scratch), ...w.localGet(this.#scratch), ...w.f64x2Mul];
  }

  /** The lowest number of a vector as float64. */
  #promotedOne(gather: Gather, value: Code): Code {
    return [...this.#promoted(gather, value, 0), ...w.f64x2ExtractLane(0)];
  }

  #joinTwo = (gather: Gather): Code => (gather === 'maxAbs' ? w.f64x2Max : w.f64x2Add);
  #joinOne = (gather: Gather): Code => (gather === 'maxAbs' ? w.f64Max : w.f64Add);

  /** What a turn adds to buffers that move along, or to the accumulators of those that stand still. */
  #gatherTurn(width: Width, accumulators: ReadonlyMap<number, readonly [number, number]>): Code {
    return this.#kernel.gathers.flatMap(({ buffer, gather, value }, k) => {
      const i = this.#kernel.loads.length + this.#kernel.stores.length + k;
      const pair = accumulators.get(k);
      if (buffer.stride === 0 && pair !== undefined) {
        if (width === 4 && gather === 'count') return [...w.localGet(pair[0]), ...this.#get(value), ...w.i32x4Sub, ...w.localSet(pair[0])];
        if (width === 4)
          return pair.flatMap((sum, half) => [
            ...w.localGet(sum),
            ...this.#promoted(gather, this.#get(value), half === 0 ? 0 : 1),
            ...this.#joinTwo(gather),
            ...w.localSet(sum),
          ]);
        return this.#addToMemory(i, this.#promotedOne(gather, this.#get(value)), gather);
      }
      if (width === 1) return this.#addToMemory(i, this.#promotedOne(gather, this.#get(value)), gather);
      return ([0, 1] as const).flatMap((half) => [
        ...this.#pointer(i),
        ...this.#pointer(i),
        ...w.v128Load(16 * half + 8 * this.#ahead),
        ...this.#promoted(gather, this.#get(value), half),
        ...this.#joinTwo(gather),
        ...w.v128Store(16 * half + 8 * this.#ahead),
      ]);
    });
  }

  #addToMemory(i: number, value: Code, gather: Gather): Code {
    return [...this.#pointer(i), ...this.#pointer(i), ...w.f64Load(0), ...value, ...this.#joinOne(gather), ...w.f64Store(0)];
  }

  /** Moves all that moves along by a number of elements. */
  #advance(width: Turn): Code {
    const moves = buffersOf(this.#kernel).flatMap(({ stride, kind }, i) =>
      stride === 0
        ? []
        : [...this.#pointer(i), ...w.i32Const(width * (kind === 'gathered' ? 8 : 4)), ...w.i32Add, ...w.localSet(this.#pointers[i] ?? 0)],
    );
    return [...moves, ...w.localGet(this.#place), ...w.i32Const(width), ...w.i32Add, ...w.localSet(this.#place)];
  }

  /** `while (left >= width) { turn; left -= width }` */
  #turns(width: Turn, turn: Code): Code {
    return [
      ...[...w.block, ...w.loop],
      ...[...w.localGet(this.#left), ...w.i32Const(width), ...w.i32LtU, ...w.brIf(1)],
      ...turn,
      ...[...w.localGet(this.#left), ...w.i32Const(width), ...w.i32Sub, ...w.localSet(this.#left), ...w.br(0)],
      ...[...w.end, ...w.end],
    ];
  }

  write(shared: boolean): Uint8Array<ArrayBuffer> {
    const kernel = this.#kernel;
    const results = [...kernel.stores, ...kernel.gathers].map(({ value }) => value);
    const nodes = nodesOf(results);
    const changes = this.#varies();
    const head = [this.#place, this.#left, this.#uniforms, ...this.#pointers].flatMap((local, i) => [
      ...w.localGet(KernelWriter.RECORD),
      ...w.i32Load(4 * i),
      ...w.localSet(local),
    ]);
    const once = this.#compute(
      nodes.filter((node) => !changes(node)),
      1,
    );
    const accumulators = new Map(
      kernel.gathers.flatMap(({ buffer }, k) => (buffer.stride === 0 ? [[k, [this.#local('v128'), this.#local('v128')]] as const] : [])),
    );
    const clear = [...accumulators.values()].flat().flatMap((sum) => [...w.v128Const([0, 0, 0, 0]), ...w.localSet(sum)]);
    const moving = nodes.filter(changes);
    const work = (width: Width, due: readonly Expression[]): Code => [
      ...this.#compute(due, width),
      ...this.#gatherTurn(width, accumulators),
      ...this.#store(width),
    ];
    const loop = (width: Width): Code => this.#turns(width, [...work(width, moving), ...this.#advance(width)]);
    const lasts = this.#lasting(changes);
    const lasting = moving.filter(lasts);
    const placed = moving.filter(({ op }) => op === 'index');
    const vectors = (count: number, due: () => readonly Expression[]): Code => {
      const code = Array.from({ length: count }, (_, vector) => {
        this.#vector = vector;
        return work(4, due());
      });
      this.#vector = undefined;
      return code.flat();
    };
    const longLoop = (): Code => {
      // What lasts for a long turn does so where the turn begins at a multiple of its length.
      const misplaced = [...w.localGet(this.#place), ...w.i32Const(LONG - 1), ...w.i32And, ...w.brIf(1)];
      const first = this.#compute([...placed, ...lasting], 4);
      const each = vectors(LONG / 4, () => this.#neededBy(results).filter((node) => changes(node) && !lasts(node)));
      return this.#turns(LONG, [...misplaced, ...first, ...each, ...this.#advance(LONG)]);
    };
    const doubleLoop = (): Code => this.#turns(DOUBLE, [...vectors(DOUBLE / 4, () => moving), ...this.#advance(DOUBLE)]);
    const severalAtOnce = lasting.length > 0 ? longLoop() : placed.length === 0 && moving.length <= SHORT ? doubleLoop() : [];
    const flush = [...accumulators].flatMap(([k, [low, high]]) => {
      const gather = kernel.gathers[k]?.gather ?? 'sum';
      const i = kernel.loads.length + kernel.stores.length + k;
      const both =
        gather === 'count' // in whole numbers until here
          ? [
              ...w.localGet(low),
              ...w.f64x2ConvertLowI32x4S,
              ...w.localGet(low),
              ...w.localGet(low),
              ...w.shuffle(UPPER_TWO),
              ...w.f64x2ConvertLowI32x4S,
              ...w.f64x2Add,
              ...w.localSet(low),
            ]
          : [...w.localGet(low), ...w.localGet(high), ...this.#joinTwo(gather), ...w.localSet(low)];
      const one = [...w.localGet(low), ...w.f64x2ExtractLane(0), ...w.localGet(low), ...w.f64x2ExtractLane(1), ...this.#joinOne(gather)];
      return [...both, ...this.#addToMemory(i, one, gather)];
    });
    const segment = [...head, ...once, ...clear, ...severalAtOnce, ...loop(4), ...flush, ...loop(1)];
    const body = [
      ...[...w.block, ...w.loop],
      ...[...w.localGet(KernelWriter.SEGMENTS), ...w.i32Eqz, ...w.brIf(1)],
      ...segment,
      ...[...w.localGet(KernelWriter.RECORD), ...w.i32Const(recordBytes(kernel)), ...w.i32Add, ...w.localSet(KernelWriter.RECORD)],
      ...[...w.localGet(KernelWriter.SEGMENTS), ...w.i32Const(1), ...w.i32Sub, ...w.localSet(KernelWriter.SEGMENTS), ...w.br(0)],
      ...[...w.end, ...w.end],
    ];
    return wasmModule({ parameters: 2, locals: this.#types, body, shared });
  }
}

/**
 * Compiles a kernel to the bytes of a module whose function `run(records, segments)` works in the memory that it imports.
 * A record holds, in 32-bit words, the place of a segment's first turn, its turns, the address of the uniforms and the
 * address of each buffer; float32 for tensors, float64 for what is gathered.
 */
export function generateWasm(kernel: Kernel, shared: boolean): Uint8Array<ArrayBuffer> {
  return new KernelWriter(kernel).write(shared);
}
