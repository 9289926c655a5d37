export { trainEnsembleInWorkers, type TrainEnsembleInWorkersOptions } from './training/train-ensemble-in-workers.ts';
