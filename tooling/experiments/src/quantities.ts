export const ACCURACY = 'held-out accuracy';
export const HELD_OUT_LOSS = 'held-out loss';
/** The mean over the last epoch, as it went: of weights that were still moving. */
export const TRAINING_LOSS = 'training loss, last epoch';
