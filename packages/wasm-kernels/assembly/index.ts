export { avgPoolGrad } from './avg-pool-grad';
export { conv2d } from './conv2d';
export { conv2dBackpropFilter } from './conv2d-backprop-filter';
export { conv2dBackpropInput } from './conv2d-backprop-input';
export { depthwiseBackpropFilter, depthwiseBackpropInput, depthwiseConv2d } from './depthwise';
export { gemm, packColumns } from './gemm';
export { maxPoolGrad } from './max-pool-grad';
export { avgPool, maxPool } from './pool';
export { segmentSum, segmentSumOfBooleans, segmentSumOfIntegers } from './segment-sum';
