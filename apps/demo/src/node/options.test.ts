import { beforeAll, describe, expect, test } from 'vitest';
import { checkConfig, DEFAULTS } from '../recipe/config.ts';
import { registerRules, usualNumbers } from '../recipe/rules.ts';
import { asUsage, configOf, flagOf, readOptions, UsageError } from './options.ts';

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
  beforeAll(registerRules);

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
    [['--augment', 'flip'], 'Allowed choices are none, affine, erasing, affine-erasing'],
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
  });
});
