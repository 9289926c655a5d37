import { register, transform, type Schedule, type ScheduleLike, type Transform } from '@downhill/core';
import * as optimizers from '@downhill/optimizers';
import { beforeAll, describe, expect, test } from 'vitest';
import { pipelineFor } from '../recipe/augmentations.ts';
import { checkConfig } from '../recipe/config.ts';
import { DEFAULTS } from '../recipe/defaults.ts';
import { extraLayer } from '../recipe/extra-layer.ts';
import { optimizerNames, transformFor, usualNumbers } from '../recipe/rules.ts';
import { prunerFor, samplerFor } from '../recipe/search-plugins.ts';
import { asUsage, configOf, flagOf, readOptions } from './options.ts';
import { registerAll } from './plugins/register-all.ts';
import { UsageError } from './usage-error.ts';

const none = () => ({});

/** What the command line makes of arguments: a config, or the line that it prints. */
function outcome(...argv: string[]): unknown {
  try {
    const options = readOptions(argv);
    return asUsage(() => {
      const config = configOf(options?.given ?? {}, undefined, usualNumbers);
      checkConfig('npm start', config, flagOf);
      return config;
    });
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
}

describe('the options of npm start', () => {
  beforeAll(registerAll);

  test('are the defaults where nothing is given', () => {
    expect(outcome()).toEqual(DEFAULTS);
  });

  test('reach the config', () => {
    expect(
      outcome(
        '--epochs',
        '2',
        '--limit=600',
        '--seed',
        '-3',
        '--batch-size',
        '32',
        '--learning-rate',
        '1e-2',
        '--schedule',
        'linear',
        '--augment',
        'affine-erasing',
        '--dropout',
        '0.5',
        '--label-smoothing',
        '0',
        '--patience',
        '3',
        '--ema-decay',
        '0.9',
        '--last-epochs',
        '2',
        '--weight-decay',
        '0.1',
        '--tune',
        '6',
        '--backend',
        'cpu',
      ),
    ).toEqual({
      ...DEFAULTS,
      epochs: 2,
      limit: 600,
      seed: -3,
      batchSize: 32,
      learningRate: 0.01,
      schedule: 'linear',
      augment: 'affine-erasing',
      dropout: 0.5,
      labelSmoothing: 0,
      patience: 3,
      emaDecay: 0.9,
      lastEpochs: 2,
      weightDecay: 0.1,
      tune: 6,
      backend: 'cpu',
    });
    expect(readOptions(['--resume', '--out', 'x'])).toMatchObject({ given: {}, resume: true, out: 'x' });
  });

  test('an optimizer of its own brings its own learning rate', () => {
    expect(outcome('--optimizer', 'sgd')).toMatchObject({ optimizer: 'sgd', ...usualNumbers('sgd'), weightDecay: 0 });
    expect(outcome('--optimizer', 'sgdw')).toMatchObject({ learningRate: 1e-3, weightDecay: 0.01 });
  });

  test('numbers of an optimizer and a schedule are JSON', () => {
    expect(
      outcome('--optimizer', 'adam', '--optimizer-options', '{"beta1":0.95}', '--schedule', 'step', '--schedule-options', '{"factor":0.5}'),
    ).toMatchObject({ optimizer: 'adam', optimizerOptions: { beta1: 0.95 }, schedule: 'step', scheduleOptions: { factor: 0.5 } });
    expect(readOptions(['--plugin', './a.ts', '--plugin', 'b'])).toMatchObject({ given: {}, plugins: ['./a.ts', 'b'] });
  });

  test('operations on images, layers, samplers and pruners are taken by name, with their options', () => {
    const given = ['--augment', 'solarize', '--augment-options', '{"threshold":0.5}', '--sampler', 'random', '--pruner', 'median'];
    expect(outcome(...given)).toMatchObject({
      augment: 'solarize',
      augmentOptions: { threshold: 0.5 },
      sampler: 'random',
      pruner: 'median',
    });
    const drawn = (augmentOptions: { threshold: number; probability?: number }): unknown =>
      pipelineFor({ augment: 'solarize', augmentOptions }, 1)?.draw({ images: 1, height: 2, width: 2, channels: 1 });
    expect([drawn({ threshold: 0.5 }), drawn({ threshold: 0.5, probability: 0 })]).toEqual([[[true]], [[false]]]);
    expect(extraLayer({ layer: 'GaussianNoise', layerOptions: { stddev: 0.25 } })?.getConfig()).toMatchObject({ stddev: 0.25 });
    expect(samplerFor({ sampler: 'sobol', samplerOptions: { scramble: false } })?.config).toMatchObject({ scramble: false });
    expect(prunerFor({ pruner: 'threshold', prunerOptions: { upper: 3 } })?.config).toMatchObject({ upper: 3 });
  });

  test('every optimizer of our package with a learning rate can be asked for', () => {
    const made = Object.entries(optimizers).filter(([, make]) => {
      try {
        const { kind, config } = (make as () => Transform)();
        return kind === 'transform' && typeof (config as { learningRate?: unknown }).learningRate === 'number';
      } catch {
        return false; // it cannot be made of nothing
      }
    });
    expect(made.map(([name]) => name)).toContain('adamw');
    expect(optimizerNames()).toEqual(expect.arrayContaining(made.map(([name]) => name)));
  });

  test('reach the rule that is trained with', () => {
    const options = { optimizerOptions: { beta1: 0.95 }, schedule: 'step', scheduleOptions: { factor: 0.5, every: 40 } };
    const rule = JSON.stringify(transformFor({ ...DEFAULTS, ...options }, 200));
    expect(rule).toContain('"beta1":0.95');
    expect(rule).toContain('"every":40');
    expect(rule).toContain('"factor":0.5');
  });

  test('may hold other plugins', () => {
    const inner = { kind: 'schedule', name: 'linear', config: { from: 1, to: 0, steps: 10 } };
    const options = { optimizer: 'heldRate', optimizerOptions: { scale: inner } };
    register({
      heldRate: ({ learningRate, scale }: { learningRate: ScheduleLike; scale: Schedule }) =>
        transform({ name: 'heldRate', config: { learningRate, scale, at: scale.at(5) }, update: (g) => g }),
    });
    expect(JSON.stringify(transformFor({ ...DEFAULTS, ...options }, 200))).toContain('"at":0.5');
  });

  test('weight decay is an L2 penalty for an optimizer that has none, also where it takes what it does not know', () => {
    register({
      easyGoing: ({ learningRate = 0.1 }: { learningRate?: ScheduleLike } = {}): Transform =>
        transform({ name: 'easyGoing', config: { learningRate }, update: (g) => g }),
    });
    expect(JSON.stringify(transformFor({ ...DEFAULTS, optimizer: 'easyGoing', weightDecay: 0.25 }, 200))).toContain(
      '{"kind":"transform","name":"decayWeights","config":[0.25',
    );
  });

  test.each([
    [['--learning-rate', 'banana'], '`--learning-rate` must be a finite number, above 0, got "banana"'],
    [['--learning-rate', '0'], '`--learning-rate`'],
    [['--learning-rate', ''], '`--learning-rate`'],
    [['--epochs', '0'], '`--epochs` must be a whole number, at least 1, got 0'],
    [['--epochs', '1.5'], '`--epochs`'],
    [['--limit', '60001'], '`--limit`'],
    [['--batch-size', '-1'], '`--batch-size`'],
    [['--seed', 'x'], '`--seed`'],
    [['--seed', '1e300'], '`--seed`'],
    [['--backend', 'webgpu'], 'webgpu'],
    [['--augment', 'flop'], '`--augment` must be one of none, affine, erasing, affine-erasing, augMix'],
    [['--augment', 'flop'], "did you mean 'flip'?"],
    [['--augment', 'adamw'], '`--augment`'],
    [['--augment', 'flip', '--augment-options', '{"probability":2}'], "`--augment-options` is not what 'flip' takes. flip: `probability`"],
    [['--augment', 'erasing', '--augment-options', '{}'], '`--augment`'],
    [
      ['--layer', 'GausianNoise'],
      "`--layer` must be the class of a layer that tfjs or a plugin has, got 'GausianNoise'; did you mean 'GaussianNoise'?",
    ],
    [['--layer', 'toString'], '`--layer`'],
    [['--layer', 'Dense', '--layer-options', '{"units":-1}'], '`--layer-options` is not what Dense takes'],
    [['--sampler', 'sobel'], "`--sampler` must be one of grid, halton, random, sobol, tpe, got 'sobel'; did you mean 'sobol'?"],
    [['--sampler', 'median'], '`--sampler`'],
    [
      ['--pruner', 'median', '--pruner-options', '{"startup":1}'],
      "`--pruner-options` is not what 'median' takes. median: has no option `startup`",
    ],
    [['--dropout', '1'], '`--dropout` must be a finite number, at least 0 and below 1, got 1'],
    [['--label-smoothing', '-0.1'], '`--label-smoothing`'],
    [['--patience', '0.5'], '`--patience`'],
    [['--limit', '11'], '`--limit` must be a whole number, at least 12'],
    [['--ema-decay', '1'], '`--ema-decay` must be a finite number, at least 0 and below 1, got 1'],
    [['--last-epochs', '-1'], '`--last-epochs`'],
    [['--optimizer', 'rmspop'], "did you mean 'rmsprop'?"],
    [['--optimizer', 'cosine'], '`--optimizer`'],
    [['--schedule', 'cosin'], "did you mean 'cosine'?"],
    [['--schedule', 'adamw'], '`--schedule`'],
    [['--optimizer-options', '{'], '{ is not JSON'],
    [['--optimizer-options', '[1]'], '`--optimizer-options` must be an object such as {"beta1":0.95}, got [1]'],
    [['--optimizer-options', '{"bet1":0.9}'], 'has no option `bet1`. Did you mean `beta1`?'],
    [['--optimizer-options', '{"beta1":1}'], "`--optimizer-options` is not what 'adamw' takes. scaleByAdam: `beta1` must be"],
    [['--optimizer-options', '{"weightDecay":1}'], 'cannot have `weightDecay`: it is given by `--weight-decay`'],
    [['--schedule-options', '{"from":1}'], 'cannot have `from`: it is given by `--learning-rate`'],
    [['--schedule', 'oneCycle', '--schedule-options', '{"peak":1}'], 'cannot have `peak`: it is given by `--learning-rate`'],
    [['--schedule', 'cyclic', '--schedule-options', '{"to":1}'], 'cannot have `to`: it is given by `--learning-rate`'],
    [['--schedule-options', '{"steps":0}'], "`--schedule-options` is not what 'cosine' takes. cosine: `steps`"],
    [['--schedule', 'constant', '--schedule-options', '{"to":1}'], 'constant: takes no options'],
    [['--epoch', '3'], '--epochs'],
    [['--epochs'], '--epochs'],
    [['extra'], 'too many arguments'],
  ])('%j is refused in one clear line', (argv, message) => {
    const said = outcome(...argv);
    expect(said).toEqual(expect.stringContaining(message));
    expect(said).not.toContain('\n');
  });

  test('a resumed run keeps its own options, and refuses others', () => {
    const saved = { ...DEFAULTS, epochs: 3 };
    expect(configOf({}, saved, none)).toEqual(saved);
    expect(configOf({ epochs: 3 }, saved, none)).toEqual(saved);
    expect(() => configOf({ epochs: 4 }, saved, none)).toThrow('`--epochs` 3, not 4');
    const [one, two] = [{ optimizerOptions: { beta1: 0.9, beta2: 0.99 } }, { optimizerOptions: { beta2: 0.99, beta1: 0.9 } }];
    expect(configOf(one, { ...saved, ...two }, none)).toEqual({ ...saved, ...two });
    expect(() => configOf(one, saved, none)).toThrow('has no `--optimizer-options`, not {"beta1":0.9,"beta2":0.99}');
    expect(() => configOf({ optimizerOptions: {} }, { ...saved, ...two }, none)).toThrow('has `--optimizer-options` {"beta2"');
  });
});
