/** What every AdamW here is given; PyTorch's default weight decay, and its betas and epsilon. */
export const ADAMW = { learningRate: 1e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0.01 } as const;
