import type { layers } from '@tensorflow/tfjs-layers';

/** A layer's class as a user writes it: in models it has our name in front, so that tfjs's own classes keep theirs. */
export const writtenName = (layer: layers.Layer): string => layer.getClassName().replace(/^Downhill/, '');
