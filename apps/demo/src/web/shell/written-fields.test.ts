import { expect, test } from 'vitest';
import { writtenFields } from './written-fields.ts';

interface State {
  readonly colour: string;
  readonly size: number;
  readonly at: number | undefined;
}

test('writes what is there and not as usual', () => {
  const usual: State = { colour: 'green', size: 1, at: undefined };
  expect(writtenFields({ colour: 'red', size: 1, at: 4 }, usual).toString()).toBe('colour=red&at=4');
  expect(writtenFields({ ...usual, at: undefined }, { ...usual, at: 3 }).toString()).toBe('');
});
