export const NLL = 'held-out NLL';
export const ECE = 'held-out ECE';
/** Of the processor: of all trainings and predictions of an arm together. */
export const TIME = 'processor time';
/** Of the weights that have to be kept to predict. */
export const BYTES = 'weights kept';
