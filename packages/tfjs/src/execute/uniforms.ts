import { scalarValue, type Uniform } from '@downhill/core/compiler';
import { util } from '@tensorflow/tfjs-core';
import type { StepItem } from './executor.ts';

/** The numbers of a step as a kernel asks for them. What is kept for reading keeps this alive, so it holds on to little. */
export function uniformsOf(
  shape: readonly number[],
  numberNamed: (name: string) => number | undefined,
  keyOf: StepItem['keyOf'],
): StepItem['uniform'] {
  return (data: Uniform['data']) => {
    switch (data.op) {
      case 'scalar':
        return scalarValue(data, numberNamed);
      case 'size':
        return typeof data.over === 'string'
          ? util.sizeFromShape([...shape])
          : data.over.reduce((product, axis) => product * (shape[axis] ?? 1), 1);
      case 'key':
        return keyOf(data)[data.word];
      default:
        return data satisfies never;
    }
  };
}
