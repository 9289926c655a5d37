import { describe, expect, test } from 'vitest';
import { bulkCopy, COPY_BLOCK, copyLoop } from './copy-loop.ts';
import { instantiate, signed, unsigned } from './encode.ts';
import { multiplyAddsPerTurn, registerLoop } from './register-loop.ts';

test('numbers are encoded in LEB128', () => {
  expect(unsigned(0)).toEqual([0]);
  expect(unsigned(624_485)).toEqual([0xe5, 0x8e, 0x26]); // the example of the DWARF standard
  expect(signed(-1)).toEqual([0x7f]);
  expect(signed(64)).toEqual([0xc0, 0]);
});

describe.each([
  ['loop', (bytes: number) => [bytes, 0, 2 * bytes]],
  ['bulk', (bytes: number) => [bytes, 0, bytes]],
])('%s', (name, values) => {
  test('moves every byte, and no other', () => {
    const { call, memory } = instantiate([copyLoop, bulkCopy]);
    const bytes = new Uint8Array(memory.buffer);
    const length = 5 * COPY_BLOCK;
    for (let index = 0; index < 3 * length; index++) bytes[index] = (index * 7) % 251;
    const before = bytes.slice();
    call(name, ...values(length));
    expect(bytes.slice(length, 2 * length)).toEqual(before.slice(0, length));
    expect(bytes.slice(2 * length)).toEqual(before.slice(2 * length));
  });
});

test.each([1, 8, 13])('a loop of %i chains does what it counts', (chains) => {
  const { call } = instantiate([registerLoop(chains)]);
  const stepsOfAChain = multiplyAddsPerTurn(chains) / (4 * chains);
  let expected = 1;
  for (let step = 0; step < 3 * stepsOfAChain; step++) expected = Math.fround(expected * 0.5) + 1;
  expect(call('run', 3, 0.5, 1)).toBeCloseTo(chains * expected, 4);
});
