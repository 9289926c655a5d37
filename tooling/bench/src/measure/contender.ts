/** What is timed, inside a worker process of its own: one step of a subject or of a peer. */
export interface Contender {
  /** One step. Timed from the call to its return, or until its promise is kept. */
  step(): void | Promise<void>;
  /** Where the time of a step goes. */
  kernels?(steps: number): readonly KernelTime[];
  /** What the report should say about it, such as a version. */
  readonly notes?: Readonly<Record<string, string>>;
}

/** The time that one kernel takes in a step, without the kernels that it calls. */
export interface KernelTime {
  readonly kernel: string;
  readonly calls: number;
  readonly ms: number;
}
