export interface Example {
  readonly file: string;
  readonly code: string;
}

export declare function examplesIn(folder: string): Example[];

export declare function runExample(
  code: string,
  scope: Readonly<Record<string, unknown>>,
  check: (found: unknown, promised: unknown) => void,
): Promise<number>;
