export const NAME = 'convergence';
export const SUMMARY = 'steps that each rule takes to a target loss, at a tuned learning rate';
