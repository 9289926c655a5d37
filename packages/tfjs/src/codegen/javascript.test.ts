import { plan, trace, type Kernel, type KernelTrace } from '@downhill/core/compiler';
import {
  add,
  mul,
  norm,
  randomNormal,
  randomUniform,
  select,
  less,
  transform,
  zeros,
  type Expression,
  type Transform,
} from '@downhill/core';
import { describe, expect, test } from 'vitest';
import { javascriptSource } from './javascript.ts';

const kernels = (rule: Transform): readonly Kernel[] =>
  plan({ ...(trace(rule, { name: 'w', shape: [4] }).steps[0] as KernelTrace), rank: 1 }).stages.map(({ kernel }) => kernel);

const momentum = transform({
  name: 'momentum',
  config: {},
  slots: { velocity: zeros },
  scalars: () => ({ rate: 0.1 }),
  update(g, { slots, scalars }) {
    const velocity = add(mul(slots.velocity, 0.9), g);
    return { update: mul(velocity, scalars.rate), slots: { velocity } };
  },
});

describe('generated JavaScript', () => {
  test('is one loop that a reader can follow', () => {
    expect(javascriptSource(kernels(momentum)[0]!)).toMatchInlineSnapshot(`
      "const { table, length, width } = segments, { numbers, words } = uniforms;
      const b0 = buffers[0];
      const b1 = buffers[1];
      const b2 = buffers[2];
      const b3 = buffers[3];
      const b4 = buffers[4];
      const b5 = buffers[5];
      const v1 = (0.9);
      const v6 = numbers[0];
      for (let s = 0, row = 0; s < length; s++, row += width) {
        const start = table[row], count = table[row + 1];
        let g0 = 0;
        for (let i = 0; i < count; i++) {
          const v0 = b0[i];
          const v2 = (v0 * v1);
          const v3 = b1[i];
          const v4 = (v2 + v3);
          const v5 = b2[i];
          const v7 = (v4 * v6);
          const v8 = (v5 - v7);
          if ((!(abs(v7) < 3.4028235677973366e38))) g0++;
          b3[i] = v4;
          b4[i] = v8;
        }
        b5[0] += g0;
      }"
    `);
  });

  test('reads what does not change once, before the loop, and rounds what was gathered in float64', () => {
    const clipped = transform({ name: 'r', config: {}, update: (g) => select(less(norm(g), 1), g, mul(g, norm(g))) });
    expect(kernels(clipped).map(javascriptSource).join('\n\n')).toMatchInlineSnapshot(`
      "const { table, length, width } = segments, { numbers, words } = uniforms;
      const b0 = buffers[0];
      const b1 = buffers[1];
      for (let s = 0, row = 0; s < length; s++, row += width) {
        const start = table[row], count = table[row + 1];
        let g0 = b1[0];
        for (let i = 0; i < count; i++) {
          const v0 = b0[i];
          g0 = g0 + v0 * v0;
        }
        b1[0] = g0;
      }

      const { table, length, width } = segments, { numbers, words } = uniforms;
      const b0 = buffers[0];
      const b1 = buffers[1];
      const b2 = buffers[2];
      const b3 = buffers[3];
      const b4 = buffers[4];
      const v2 = (1);
      for (let s = 0, row = 0; s < length; s++, row += width) {
        const start = table[row], count = table[row + 1];
        const v1 = fround(sqrt(b1[0]));
        let g0 = 0;
        for (let i = 0; i < count; i++) {
          const v0 = b0[i];
          const v4 = b2[i];
          const v5 = (v4 * v1);
          const v6 = (v1 < v2) ? v4 : v5;
          const v7 = (v0 - v6);
          if ((!(abs(v6) < 3.4028235677973366e38))) g0++;
          b3[i] = v7;
        }
        b4[0] += g0;
      }"
    `);
  });

  test('rounds each step where a graph looks at bits', () => {
    const source = (update: () => Expression): string => javascriptSource(kernels(transform({ name: 'r', config: {}, update }))[0]!);
    expect(source(() => mul(randomUniform(), 0.5))).toMatch(/= \(v\d+ \* v\d+\);/);
    expect(source(() => mul(randomNormal(), 0.5))).toMatch(/= fround\(v\d+ \* v\d+\);/);
    expect(source(() => mul(randomNormal(), 0.5))).not.toMatch(/= \(v\d+ \* v\d+\);/);
  });
});
