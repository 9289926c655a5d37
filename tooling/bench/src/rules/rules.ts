import {
  adadelta,
  adafactor,
  adagrad,
  adam,
  adamax,
  adamw,
  amsgrad,
  asgd,
  bfgs,
  ftrl,
  lamb,
  lars,
  lbfgs,
  lion,
  lookahead,
  muon,
  nadam,
  nadamw,
  nesterovLookAhead,
  newton,
  radam,
  rmsprop,
  rmspropTf,
  rprop,
  sam,
  scheduleFreeAdamw,
  scheduleFreeSgd,
  sgd,
  sgdw,
  wsam,
  type Transform,
} from '@downhill/optimizers';

/** An update rule as the benchmarks run it. */
export interface Rule {
  readonly name: string;
  /** The factory that makes it, as the package exports it. */
  readonly factory: string;
  /** Its default. */
  readonly learningRate: number;
  make(learningRate: number): Transform;
}

type Factory = (options: { learningRate: number }) => Transform;

const rule = (name: string, learningRate: number, make: Factory, factory: string = name): Rule => ({
  name,
  factory,
  learningRate,
  make: (rate) => make({ learningRate: rate }),
});

/** What wrappers are put around. */
const momentum = ({ learningRate }: { readonly learningRate: number }): Transform => sgd({ learningRate, momentum: 0.9 });

/** Plain SGD, to which the others are compared. */
export const plain: Rule = rule('sgd', 0.01, sgd);

/** Every rule of the package, with its defaults but for the learning rate; a step of second-order rules is one iteration. */
export const rules: readonly Rule[] = [
  plain,
  rule('sgd, momentum', 0.01, momentum, 'sgd'),
  rule('sgd, Nesterov', 0.01, ({ learningRate }) => sgd({ learningRate, momentum: 0.9, nesterov: true }), 'sgd'),
  rule('sgdw', 1e-3, sgdw),
  rule('nesterovLookAhead', 0.01, nesterovLookAhead),
  rule('asgd', 0.01, asgd),
  rule('rprop', 0.01, rprop),
  rule('adagrad', 0.01, adagrad),
  rule('rmsprop', 0.01, rmsprop),
  rule('rmspropTf', 0.01, rmspropTf),
  rule('adadelta', 1, adadelta),
  rule('adam', 1e-3, adam),
  rule('adamw', 1e-3, adamw),
  rule('amsgrad', 1e-3, amsgrad),
  rule('adamax', 2e-3, adamax),
  rule('nadam', 2e-3, nadam),
  rule('nadamw', 1e-3, nadamw),
  rule('radam', 1e-3, radam),
  rule('lion', 1e-4, lion),
  rule('adafactor', 0.01, adafactor),
  rule('ftrl', 1e-3, ftrl),
  rule('lamb', 1e-3, lamb),
  rule('lars', 1, lars),
  rule('muon', 1e-3, muon),
  rule('scheduleFreeSgd', 1, scheduleFreeSgd),
  rule('scheduleFreeAdamw', 0.0025, scheduleFreeAdamw),
  rule('lookahead of sgd, momentum', 0.01, (options) => lookahead(momentum(options)), 'lookahead'),
  rule('sam of sgd, momentum', 0.01, (options) => sam(momentum(options)), 'sam'),
  rule('wsam of sgd, momentum', 0.01, (options) => wsam(momentum(options)), 'wsam'),
  rule('newton', 1, (options) => newton({ ...options, maxIterations: 1 })),
  rule('bfgs', 1, (options) => bfgs({ ...options, maxIterations: 1 })),
  rule('lbfgs', 1, (options) => lbfgs({ ...options, maxIterations: 1 })),
];

/** Second-order rules: they want all data in each step, and two of them keep a matrix of all weights by all weights. */
export const SECOND_ORDER: readonly string[] = ['newton', 'bfgs', 'lbfgs'];
