import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { calls } from '../../src/pages/golden.ts';
import { useBrowser, useProgram } from '../use-program.ts';

const data = join(dirname(fileURLToPath(import.meta.resolve('@downhill/golden/package.json'))), 'data/optimizers');
const files = readdirSync(data).map((file) => file.replace('.json', ''));

const browser = useBrowser();

describe.each(['webgl', 'webgpu'] as const)('without kernels of their own, on %s', (backend) => {
  const call = useProgram<typeof calls>(browser, 'golden');

  test.each(files)('%s follows the reference', async (name) => {
    const deviations = await call('replay', name, JSON.parse(readFileSync(join(data, `${name}.json`), 'utf8')), backend);
    expect(deviations.length).toBeGreaterThan(0);
    expect(deviations.filter(({ error, tolerance }) => !(error <= tolerance))).toEqual([]);
  });
});
