import { expect, test } from 'vitest';
import { useWasm } from '../fashion/train-network.ts';
import { prepareFashionMnist } from '../data/fashion-mnist.ts';
import { ensembles } from './experiment.ts';
import { soup } from './soup.ts';
import { probabilitiesOf, withNetwork, workOf } from './work.ts';

test('a soup of fine-tunings that learn nothing is its start', async () => {
  const watch = { signal: new AbortController().signal, onStep: () => {} };
  await prepareFashionMnist({ signal: watch.signal, onPart: () => {} });
  await useWasm();
  const [dataSet] = ensembles.dataSets;
  const work = await workOf({ dataSet: dataSet!.name, arm: 'single', seed: 3, quick: true, plan: dataSet!.plan(true) }, watch);
  const { outputs, details } = await soup(work, {
    kind: 'greedy soup',
    start: 0.6,
    fineTunings: [{ learningRate: 0 }, { learningRate: 0, labelSmoothing: 0.1 }],
  });
  expect(details).toMatchObject({ ingredients: [0, 1] });
  await withNetwork(async (model) => {
    await work.fit(model, { seed: 3, epochs: 3 });
    const [alone] = await work.predict([probabilitiesOf(model)]);
    expect(outputs).toEqual(alone);
  });
}, 120_000);
