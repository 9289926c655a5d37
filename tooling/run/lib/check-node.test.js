import { expect, test } from 'vitest';
import { checkNode } from './check-node.js';

test.each(['20.19.0', '20.20.2', '22.0.0', '100.1.0'])('takes Node.js %s', (version) => expect(() => checkNode(version)).not.toThrow());

test.each(['18.20.4', '20.18.9', '6.0.0'])('refuses Node.js %s', (version) => {
  expect(() => checkNode(version)).toThrow(`Node.js 20.19 or newer is needed, this is ${version}`);
});
