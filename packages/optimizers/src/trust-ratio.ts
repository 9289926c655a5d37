import { and, div, greater, select, type Expression, type Operand } from '@downhill/core';

/** How much longer a step may be than its update, by the length of the weights; 1 where there is nothing to go by. */
export const trustRatio = (weights: Expression, update: Expression, divisor: Operand): Expression =>
  select(and(greater(weights, 0), greater(update, 0)), div(weights, divisor), 1);
