/** Data of tfjs's wasm backend that is computed when it is first looked at, or outlives its tensor while something holds it. */

/** How to get values that are not there yet. */
export interface Computation {
  /** Writes the values to an address. */
  compute(address: number): void;
  /** Gives back what the computation holds: called once, when the values are there or nobody wants them any more. */
  release(): void;
}

/** A computation that writes its values part by part, in their order. */
export interface PartwiseComputation extends Computation {
  /** Values of every part but the last. */
  readonly part: number;
  /** @param onPart Gets to look at each part as soon as it is there: the values from `begin` to before `end`. */
  computeParts(address: number, onPart: (begin: number, end: number) => void): void;
}

/** The part of a heap that {@link HeldData} lives in. */
interface Heap {
  /** @throws when the heap is full. */
  take(bytes: number): number;
  free(address: number): void;
  /** Data that is still to be computed. */
  readonly pending: Set<HeldData>;
}

/** A block of values in WASM memory, there as long as its tensor is or something holds it. */
export class HeldData {
  private readonly heap: Heap;
  private readonly bytes: number;
  private readonly whenComputed: (address: number) => void;
  private hasTensor: boolean;
  private holders = 0;
  private block = 0;
  private waiting: Computation | undefined;
  private readonly attached: (() => void)[] = [];

  private constructor(heap: Heap, bytes: number, hasTensor: boolean, whenComputed: (address: number) => void) {
    this.heap = heap;
    this.bytes = bytes;
    this.hasTensor = hasTensor;
    this.whenComputed = whenComputed;
  }

  /** Data that has its values, of a tensor or, if somebody holds it, of none. */
  static at(heap: Heap, address: number, hasTensor: boolean): HeldData {
    const data = new HeldData(heap, 0, hasTensor, () => {});
    data.block = address;
    return data;
  }

  /** Data to be computed; without a tensor, somebody must hold it. */
  static later(
    heap: Heap,
    bytes: number,
    computation: Computation,
    tensor?: { readonly whenComputed: (address: number) => void },
  ): HeldData {
    const data = new HeldData(heap, bytes, tensor !== undefined, tensor?.whenComputed ?? (() => {}));
    data.waiting = computation;
    heap.pending.add(data);
    return data;
  }

  /** What is still to be computed. */
  get computation(): Computation | undefined {
    return this.waiting;
  }

  /**
   * Where the values are; computes them if they are not there yet.
   *
   * @param compute Does that in place of the computation itself.
   */
  address(compute?: (address: number) => void): number {
    const { waiting } = this;
    if (waiting === undefined) return this.block;
    const block = this.heap.take(this.bytes);
    try {
      if (compute === undefined) waiting.compute(block);
      else compute(block);
    } catch (error) {
      this.heap.free(block);
      throw error;
    }
    this.block = block;
    this.whenComputed(block);
    this.forget();
    return block;
  }

  hold(): this {
    this.holders++;
    return this;
  }

  release(): void {
    this.holders--;
    this.dropUnused();
  }

  /** Calls `release` when nobody needs the values any more: for what is kept as long as they are. */
  attach(release: () => void): void {
    this.attached.push(release);
  }

  /** Says that the tensor has been disposed of. */
  loseTensor(): void {
    this.hasTensor = false;
    this.dropUnused();
  }

  /** Whether somebody could ask tfjs for the values. */
  get visible(): boolean {
    return this.hasTensor;
  }

  private dropUnused(): void {
    if (this.holders > 0 || this.hasTensor) return;
    if (this.waiting === undefined) this.heap.free(this.block);
    else this.forget();
    for (const release of this.attached) release();
  }

  private forget(): void {
    const { waiting } = this;
    this.waiting = undefined;
    this.heap.pending.delete(this);
    waiting?.release();
  }
}
