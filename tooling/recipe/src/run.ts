import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { stopSignal } from '@downhill/demo/node';
import type { GuidedEvent } from '@downhill/diagnostics';
import { sevenStepsPage } from '@downhill/diagnostics/report';
import { readOptions, UsageError } from './options.ts';
import { progress, type Progress } from './progress.ts';
import { stepText, wrapped, type Setting } from './step-text.ts';
import { walkMnist } from './walk-mnist.ts';

/** The exit code of a run that Ctrl-C ended. */
const STOPPED = 130;

/** `npm run recipe`. @returns The exit code. @throws UsageError with one line */
export async function run(argv: readonly string[]): Promise<number> {
  const options = readOptions(argv);
  if (options === undefined) return 0;
  const from = process.env.INIT_CWD ?? process.cwd(); // where the user stands
  const page = pageIn(resolve(from, options.out ?? `runs/recipe-${new Date().toISOString().slice(0, 19).replace(/[T:]/g, '-')}`));
  const shown = relative(from, page).startsWith('..') ? page : relative(from, page);
  const out = process.stdout;
  const setting = { width: Math.min(Math.max(out.columns ?? 100, 40), 100), colour: out.isTTY && out.hasColors() };
  const view = progress(out);
  const { seed, quick } = options;
  const found = await walkMnist({ seed, quick, signal: stopSignal(), onEvent: told(view, setting) }).finally(view.end);
  writeFileSync(page, sevenStepsPage(found, { title: `Seven steps on MNIST${quick ? ', quickly' : ''}, seed ${seed}` }));
  if (found.stopped === 'signal') view.say(`\nstopped after ${found.steps.length} of 7 steps; the page has what was found`);
  view.say(`${found.stopped === 'signal' ? '' : '\n'}page: ${shown}`);
  return found.stopped === 'signal' ? STOPPED : 0;
}

/** @throws UsageError where a page is there already, or none can be. */
function pageIn(folder: string): string {
  const page = join(folder, 'report.html');
  if (existsSync(page)) throw new UsageError(`\`--out\`: ${folder} holds a report.html already; name another folder`);
  try {
    mkdirSync(folder, { recursive: true });
  } catch (cause) {
    throw new UsageError(`\`--out\`: the folder ${folder} cannot be made: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
  return page;
}

/** What the events of the walk do. */
function told(view: Progress, setting: Setting): (event: GuidedEvent) => void {
  const heading = (step: number, name: string): string => {
    const text = `${step === 1 ? '' : '\n'}Step ${step} of 7: ${name}`;
    return setting.colour ? `\u001b[1m${text}\u001b[0m` : text;
  };
  return (event) => {
    switch (event.type) {
      case 'begin':
        view.say([heading(event.step, event.name), ...wrapped(event.does, setting.width - 2).map((line) => `  ${line}`)].join('\n'));
        break;
      case 'progress':
        view.update(event);
        break;
      case 'end':
        view.say(stepText(event.found, setting));
        break;
      case 'skipped':
        view.say(`${heading(event.step, event.name)}\n  left out: ${event.reason}`);
        break;
      case 'trial':
        break;
      default:
        event satisfies never;
    }
  };
}
