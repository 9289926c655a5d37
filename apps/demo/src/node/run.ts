import { basename, relative, resolve } from 'node:path';
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import type { TrainEvent } from '@downhill/training';
import { checkConfig, type RecipeConfig } from '../recipe/config.ts';
import { mnist } from '../recipe/mnist.ts';
import type { PluginOptions } from '../recipe/check-plugin.ts';
import { usualNumbers } from '../recipe/rules.ts';
import { runRecipe, type RecipeResult } from '../recipe/run-recipe.ts';
import { candidatesTable } from './candidates-table.ts';
import { confusionTable } from './confusion-table.ts';
import { asUsage, configOf, flagOf, readOptions } from './options.ts';
import { pace } from './pace.ts';
import { keptPlugins } from './plugins/kept-plugins.ts';
import { loadPlugin } from './plugins/load-plugin.ts';
import { pluginFile } from './plugins/plugin-file.ts';
import { registerAll } from './plugins/register-all.ts';
import { workspacePlugins } from './plugins/workspace-plugins.ts';
import { readMnist } from './read-mnist.ts';
import { runFolder, type RunFolder } from './run-folder.ts';
import { showProgress, type ProgressView } from './show-progress.ts';
import { stopSignal } from './stop-signal.ts';
import { tune, tuneText } from './tune.ts';
import { UsageError } from './usage-error.ts';
import { watch } from './watch.ts';

const STOPPED = 130; // as a shell reports Ctrl-C

/** The command line: trains, or goes on. @returns the exit code */
export async function run(argv: readonly string[]): Promise<number> {
  const from = process.env.INIT_CWD ?? process.cwd(); // where the user stands
  const shown = (path: string): string => (relative(from, path).startsWith('..') ? path : relative(from, path) || '.');
  registerAll();
  for (const file of workspacePlugins()) await loadPlugin(file, shown(file));
  const options = readOptions(argv);
  if (options === undefined) return 0;
  const signal = stopSignal();
  const folder = runFolder(resolve(from, options.out ?? `runs/mnist-${new Date().toISOString().slice(0, 19).replace(/[T:]/g, '-')}`));
  if (!options.resume && folder.isBegun)
    throw new UsageError(`${shown(folder.path)} holds a run already: add --resume to go on with it, or name another folder with --out`);
  const saved = options.resume ? folder.config : undefined;
  const { plugins, changed } = keptPlugins(
    options.plugins.map((module) => pluginFile(module, from)),
    saved && (saved.plugins ?? []),
  );
  for (const { file } of plugins) await loadPlugin(file, shown(file));
  const given = asUsage(() => {
    const made = configOf(options.given, saved, usualNumbers);
    checkConfig('npm start', made, flagOf);
    return made;
  });

  const view = showProgress();
  for (const file of changed) view.say(`plugin ${shown(file)} is no longer what the run began with: it may end elsewhere`);
  view.say(describe(given, shown(folder.path)));
  const files = await readMnist();
  folder.begin(plugins.length === 0 ? given : { ...given, plugins });
  let config = given;
  if (given.tune > 0) {
    const tuned = await tune({ config: given, files, folder: folder.tuning, signal }, { view, shown });
    if (tuned === undefined) {
      view.say(`stopped in the search; npm start -- --resume --out ${shown(folder.path)} goes on from there`);
      return STOPPED;
    }
    config = { ...given, ...tuned };
  }
  const data = mnist(files, config.limit);
  const watched = watch(folder.path, basename(folder.path), config, options.watch, view.say);
  let position = { step: 0, steps: 0 };
  const result = await runRecipe({
    config,
    data,
    store: folder.store,
    members: folder.members,
    resume: options.resume,
    signal,
    hooks: watched.hooks,
    onEvent: follow(view, (at) => (position = at)),
  }).finally(view.end);
  if (result === undefined) {
    const { step, steps } = position;
    view.say(`stopped at step ${step} of ${steps}; npm start -- --resume --out ${shown(folder.path)} goes on from there`);
    return STOPPED;
  }
  const told = await watched.finish(result, data);
  report(
    config,
    result,
    folder,
    told.map((line) => line.replace(folder.path, shown(folder.path))),
    view,
  );
  return 0;
}

function describe(config: RecipeConfig, folder: string): string {
  const {
    optimizer,
    optimizerOptions,
    schedule,
    scheduleOptions,
    epochs,
    limit,
    batchSize,
    learningRate,
    weightDecay,
    augment,
    augmentOptions,
    layer,
    layerOptions,
    dropout,
    labelSmoothing,
    seed,
    backend,
    tune,
  } = config;
  const withOptions = (name: string, own: PluginOptions | undefined): string =>
    own === undefined ? name : `${name} ${JSON.stringify(own)}`;
  const rule = `${withOptions(optimizer, optimizerOptions)} with learning rate ${learningRate} (${withOptions(schedule, scheduleOptions)}) and weight decay ${weightDecay}`;
  const against = `augmentation ${withOptions(augment, augmentOptions)}, dropout ${dropout}, label smoothing ${labelSmoothing}`;
  const extra = layer === undefined ? '' : `, layer ${withOptions(layer, layerOptions)}`;
  const search = tune === 0 ? '' : `; first a search around them, ${tuneText(tune)}`;
  return `${limit} images, ${epochs} epochs, batches of ${batchSize}, ${rule}, ${against}${extra}, seed ${seed}, on ${backend}${search}; run in ${folder}`;
}

/** What the events of the run do: the bar, and what there is to say. */
function follow(view: ProgressView, onPosition: (at: { step: number; steps: number }) => void): (event: TrainEvent) => void {
  let paced = pace();
  return (event) => {
    switch (event.type) {
      case 'start':
        onPosition(event);
        if (event.resumedFrom !== undefined) view.say(`resumed at step ${event.step} of ${event.steps}`);
        paced = pace();
        break;
      case 'step':
        onPosition(event);
        view.update(paced(event));
        break;
      case 'refused':
        view.say(`checkpoint ${event.name} is damaged, the one before it is used: ${event.message}`);
        break;
      case 'end':
        if (event.stopped === 'hook')
          view.say(
            `ended early, after epoch ${event.epoch} of ${event.epochs}: held-out images say no more was learned; the best weights are kept`,
          );
        break;
      case 'epoch':
      case 'checkpoint':
        break;
      default:
        event satisfies never;
    }
  };
}

function report(config: RecipeConfig, result: RecipeResult, folder: RunFolder, told: readonly string[], view: ProgressView): void {
  const { candidates, chosen, correct, examples, confusion, hash, times } = result;
  const { accuracy } = chosen.test;
  const { learningRate, weightDecay } = config;
  const scores = candidates.map(({ name, validation, test }) => ({ name, validation, test }));
  folder.finish({
    accuracy,
    chosen: chosen.name,
    candidates: scores,
    correct,
    examples,
    confusion,
    hash,
    times,
    learningRate,
    weightDecay,
  });
  const phases = Object.entries(times).map(([phase, milliseconds]) => `${phase} ${(milliseconds / 1000).toFixed(1)}`);
  view.say(`\n${confusionTable(confusion)}\n\n${candidatesTable(candidates, chosen)}\n`);
  view.say(`seconds: ${phases.join(', ')}`);
  for (const line of told) view.say(line);
  view.say(`test accuracy ${accuracy.toFixed(4)} (${correct} of ${examples}, ${chosen.name})`);
  view.say(`sha256 of the weights: ${hash}`);
}
