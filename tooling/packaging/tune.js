import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './run.js';

/** Runs the installed `downhill-tune` in a folder of the project and returns the best trial that it printed. @param {string} project */
export async function tune(project) {
  const folder = join(project, 'tune');
  mkdirSync(folder);
  writeFileSync(join(folder, 'space.json'), JSON.stringify({ x: { kind: 'float', low: -3, high: 3 } }));
  writeFileSync(join(folder, 'objective.js'), 'export const objective = ({ settings }) => (settings.x - 1) ** 2;');
  const given = [
    '--space',
    'space.json',
    '--objective',
    'objective.js',
    '--trials',
    '30',
    '--storage',
    'study.journal',
    '--report',
    'study.html',
  ];
  const printed = await run(folder, join(project, 'node_modules/.bin/downhill-tune'), ...given);
  const { value } = JSON.parse(printed);
  if (!(value < 0.1)) throw new Error(`downhill-tune: a value below 0.1 was expected, got ${printed}`);
  return printed;
}
