import { Command, CommanderError, Option } from 'commander';
import { isDeepStrictEqual } from 'node:util';
import { DownhillError, isDownhillError, show } from '@downhill/core';
import { augmentationNames } from '../recipe/augmentations.ts';
import type { RecipeConfig } from '../recipe/config.ts';
import { DEFAULTS, type BackendName } from '../recipe/defaults.ts';
import type { PluginOptions } from '../recipe/check-plugin.ts';
import { optimizerNames, scheduleNames } from '../recipe/rules.ts';
import { searchNames } from '../recipe/search-plugins.ts';
import { UsageError } from './usage-error.ts';
import type { WatchOptions } from './watch.ts';

/** What the command line asks for; options of the recipe that it does not name are left out. */
export interface Options {
  readonly given: Partial<RecipeConfig>;
  /** Modules with more rules: paths, or names of packages. */
  readonly plugins: readonly string[];
  readonly watch: WatchOptions;
  readonly resume: boolean;
  readonly out?: string;
}

/** `--batch-size` for `batchSize`. */
export const flagOf = (key: string): string => `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/** @returns `undefined` where help was asked for and shown. @throws UsageError with one line */
export function readOptions(argv: readonly string[]): Options | undefined {
  const command = new Command('npm start --')
    .description('Trains a small convnet on the MNIST digits, and judges it on the test images.')
    .option('--epochs <count>', `how often the training images are gone through (default: ${DEFAULTS.epochs})`, number)
    .option('--limit <count>', `training images used, from the first on (default: ${DEFAULTS.limit})`, number)
    .option('--seed <number>', `decides the initial weights and the order of the images (default: ${DEFAULTS.seed})`, number)
    .option('--batch-size <count>', `images a step (default: ${DEFAULTS.batchSize})`, number)
    .option('--learning-rate <rate>', `highest learning rate (default: ${DEFAULTS.learningRate} for ${DEFAULTS.optimizer})`, number)
    .option(
      '--weight-decay <share>',
      `taken from kernels, times the learning rate (default: ${DEFAULTS.weightDecay} for ${DEFAULTS.optimizer})`,
      number,
    )
    .option('--optimizer <name>', `${optimizerNames().join(', ')} (default: ${DEFAULTS.optimizer})`)
    .option('--optimizer-options <json>', 'what else the optimizer takes, such as {"beta1":0.95}', json)
    .option('--schedule <name>', `${scheduleNames().join(', ')}, each after a warm-up (default: ${DEFAULTS.schedule})`)
    .option('--schedule-options <json>', 'what else the schedule takes, such as {"to":1e-5}', json)
    .option(
      '--plugin <module>',
      'a file, a folder or an installed package with more of all that has a name here, TypeScript too; may be given several times',
      (module, all: readonly string[] = []) => [...all, module],
    )
    .option('--augment <kind>', `what is done to the training images: ${augmentationNames().join(', ')} (default: ${DEFAULTS.augment})`)
    .option('--augment-options <json>', 'what such an operation takes, such as {"probability":0.5}', json)
    .option('--layer <class>', "a layer before the network's last, of tfjs or a plugin, such as GaussianNoise")
    .option('--layer-options <json>', 'what the layer takes, such as {"stddev":0.1}', json)
    .option('--dropout <rate>', `share of the last hidden layer that each step drops (default: ${DEFAULTS.dropout})`, number)
    .option('--label-smoothing <share>', `share of the targets that goes to all digits (default: ${DEFAULTS.labelSmoothing})`, number)
    .option(
      '--patience <epochs>',
      `epochs without a better accuracy on the held-out twelfth of the training images, after which the run ends with its best weights; 0: never (default: ${DEFAULTS.patience})`,
      number,
    )
    .option('--ema-decay <share>', `of the moving average of the weights; 0: none (default: ${DEFAULTS.emaDecay})`, number)
    .option('--last-epochs <count>', `epochs whose weights make an ensemble; 0: none (default: ${DEFAULTS.lastEpochs})`, number)
    .option(
      '--tune <count>',
      `first searches learning rate and weight decay, coarse to fine, with so many settings (default: ${DEFAULTS.tune}: none)`,
      number,
    )
    .option('--sampler <name>', `what --tune takes its settings from: ${searchNames('sampler').join(', ')} (default: sobol)`)
    .option('--sampler-options <json>', 'what the sampler takes', json)
    .option('--pruner <name>', `what ends trials of --tune early: ${searchNames('pruner').join(', ')} (default: asha over the epochs)`)
    .option('--pruner-options <json>', 'what the pruner takes', json)
    .addOption(
      new Option('--backend <name>', `tfjs backend (default: ${DEFAULTS.backend})`).choices([
        'wasm',
        'cpu',
      ] satisfies readonly BackendName[]),
    )
    .option('--no-meters', 'log only loss, epochs and learning rate')
    .option('--no-log', 'write no readings.jsonl')
    .option('--no-tensorboard', 'write no TensorBoard events')
    .option('--no-report', 'write no report.html')
    .option('--no-doctor', 'do not read the curves')
    .option('--resume', "go on from the run's last checkpoint")
    .option('--out <folder>', "the run's folder (default: a new one in runs/)")
    .allowExcessArguments(false)
    .showSuggestionAfterError()
    .configureOutput({ writeErr: () => {} })
    .exitOverride();
  try {
    command.parse([...argv], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return undefined;
    throw new UsageError(error.message.replace(/^error: /, '').replace(/\s*\n\s*/g, ' '));
  }
  const {
    plugin: plugins = [],
    resume = false,
    out,
    meters,
    log,
    tensorboard,
    report,
    doctor,
    ...given
  } = command.opts<Partial<RecipeConfig> & WatchOptions & { plugin?: readonly string[]; resume?: boolean; out?: string }>();
  const watch = { meters, log, tensorboard, report, doctor };
  return { given, plugins, watch, resume, ...(out === undefined ? {} : { out }) };
}

/** A number, or the text itself, which the recipe's own check then refuses with all that it knows. */
function number(text: string): unknown {
  const value = Number(text);
  return text.trim() === '' || Number.isNaN(value) ? text : value;
}

/** @throws UsageError for a text that is no JSON. */
function json(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new UsageError(`${text} is not JSON (${(error as Error).message}); on a shell write '{"name": 1}', quotes included`);
  }
}

/** Runs a check of options; what it finds wrong becomes a line for the command line. */
export function asUsage<T>(check: () => T): T {
  try {
    return check();
  } catch (error) {
    if (isDownhillError(error)) throw new UsageError(error.message.replace(/^\[[\w-]+\] [\w ]+: /, ''));
    throw error;
  }
}

/**
 * The config of a run: what was asked for, else what the resumed run has, else the defaults.
 *
 * @throws DownhillError `invalid-argument` where a resumed run has other options than those asked for.
 */
export function configOf(
  given: Partial<RecipeConfig>,
  saved: RecipeConfig | undefined,
  usual: (optimizer: string, options?: PluginOptions) => Partial<Pick<RecipeConfig, 'learningRate' | 'weightDecay'>>,
): RecipeConfig {
  for (const [key, value] of Object.entries(given)) {
    const before = saved?.[key as keyof RecipeConfig];
    if (saved !== undefined && !isDeepStrictEqual(before, value))
      throw new DownhillError({
        code: 'invalid-argument',
        source: 'resume',
        problem: `the run that is to be resumed has ${before === undefined ? `no \`${flagOf(key)}\`` : `\`${flagOf(key)}\` ${show(before)}`}, not ${show(value)}`,
        advice: 'Leave the option out, or start a new run in another folder.',
      });
  }
  if (saved !== undefined) return saved;
  const { optimizer = DEFAULTS.optimizer, optimizerOptions } = given;
  const numbers = optimizer === DEFAULTS.optimizer ? {} : { weightDecay: 0, ...usual(optimizer, optimizerOptions) };
  return { ...DEFAULTS, ...numbers, ...given };
}
