import { FASHION_SPLIT } from '../data/fashion-mnist.ts';
import type { DataSet } from '../experiment.ts';
import { planOf, type Settings } from './settings.ts';

/** The part of Fashion-MNIST that arms are trained on. */
export const fashionPart = <Arm>(settings: Omit<Settings<Arm>, 'data'>): DataSet => ({
  name: 'fashion-mnist',
  title: 'A part of Fashion-MNIST',
  plan: (quick) => planOf({ ...settings, data: `fashion-mnist 1.1.0, split ${FASHION_SPLIT.seed}` }, quick),
});
