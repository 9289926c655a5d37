import { drawCounts, setDrawCounts } from '@downhill/tfjs';
import { captureWeights, restoreWeights, type TrainableModel } from '@downhill/training';

/** Puts a model back to where it was. */
export type PutBack = () => void;

/** Runs work that changes a model, and leaves the model as it was: its weights, trained or not, and the counts that its stochastic layers draw by. */
export async function keepingModel<T>(model: TrainableModel, work: (putBack: PutBack) => Promise<T>): Promise<T> {
  const weights = await captureWeights(model);
  const draws = 'layers' in model ? drawCounts(model) : undefined;
  const putBack = (): void => {
    restoreWeights(model, weights, 'the model before the test');
    if ('layers' in model && draws !== undefined) setDrawCounts(model, draws);
  };
  try {
    return await work(putBack);
  } finally {
    putBack();
  }
}
