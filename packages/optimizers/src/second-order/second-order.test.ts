import { testTransform } from '@downhill/conformance';
import { bfgs } from './bfgs.ts';
import { lbfgs } from './lbfgs.ts';
import { newton } from './newton.ts';

testTransform('newton', () => newton({ maxIterations: 1 }), { factories: { newton } });
testTransform('bfgs', () => bfgs(), { factories: { bfgs } });
testTransform('lbfgs', () => lbfgs({ historySize: 5 }), { factories: { lbfgs } });
testTransform('lbfgs', () => lbfgs({ maxIterations: 1, lineSearch: 'none', learningRate: 0.5 }), { factories: { lbfgs } });
testTransform('bfgs', () => bfgs({ maxIterations: 2, lineSearch: 'backtracking' }), { factories: { bfgs } });
