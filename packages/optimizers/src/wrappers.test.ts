import { testTransform } from '@downhill/conformance';
import * as o from './index.ts';

const { accumulate, adam, adamw, applyIfFinite, freeze, layerDecay, lookahead, muon, partition, sam, scaleByMuon, scheduleFreeAdamw, scheduleFreeSgd, sgd, wsam } = o;
const factories = { adam, adamw, sgd };

testTransform('freeze', () => freeze({ minRank: 2 }), { factories: { freeze } });
testTransform('applyIfFinite', () => applyIfFinite(adam({ learningRate: 0.1 }), { maxConsecutive: 2 }), { factories: { ...factories, applyIfFinite } });
testTransform('accumulate', () => accumulate(adam({ learningRate: 0.1 }), { steps: 2 }), { factories: { ...factories, accumulate } });
testTransform('lookahead', () => lookahead(adam({ learningRate: 0.1 }), { syncPeriod: 2 }), { factories: { ...factories, lookahead } });
testTransform('lookahead', () => lookahead(sgd({ momentum: 0.9 }), { syncPeriod: 2, pullbackMomentum: 'pullback' }), { factories: { ...factories, lookahead } });
testTransform('sam', () => sam(adam({ learningRate: 0.1 })), { factories: { ...factories, sam } });
testTransform('sam', () => sam(sgd(), { adaptive: true, rho: 0.5 }), { factories: { ...factories, sam } });
testTransform('wsam', () => wsam(adamw({ learningRate: 0.1 })), { factories: { ...factories, wsam } });
testTransform('wsam', () => wsam(sgd(), { decouple: false }), { factories: { ...factories, wsam } });
testTransform('scheduleFreeSgd', () => scheduleFreeSgd({ learningRate: 0.1, weightDecay: 0.1, warmupSteps: 3 }), { factories: { scheduleFreeSgd } });
testTransform('scheduleFreeAdamw', () => scheduleFreeAdamw({ learningRate: 0.1, r: 1 }), { factories: { scheduleFreeAdamw } });
testTransform('layerDecay', () => layerDecay({ layers: ['*/kernel', ['*/bias', '*/filter'], { names: ['*/scale'] }], decay: 0.5 }), { factories: { layerDecay } });
testTransform('partition', () => partition({ matrices: adam({ learningRate: 0.1 }), rest: sgd() }, { matrices: { minRank: 2 } }), { factories: { ...factories, partition } });
testTransform('partition', () => partition({ matrices: adam({ learningRate: 0.1 }), rest: sgd() }, ({ shape }) => shape.length > 1 ? 'matrices' : 'rest'), { factories: { ...factories, partition } });
testTransform('scaleByMuon', () => scaleByMuon(), { factories: { scaleByMuon } });
testTransform('muon', () => muon({ learningRate: 0.1 }), { factories: { muon } });
testTransform('muon', () => muon({ nesterov: false, coefficients: 'quintic' }), { factories: { muon } });
