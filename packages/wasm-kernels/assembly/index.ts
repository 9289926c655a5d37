export { conv2dBackpropFilter } from './conv2d-backprop-filter';
export { conv2dBackpropInput } from './conv2d-backprop-input';
export { depthwiseBackpropFilter, depthwiseBackpropInput } from './depthwise-backprop';
export { gemm, packColumns } from './gemm';
export { avgPoolGrad, maxPoolGrad } from './pool-grad';
export { segmentSum, segmentSumOfBooleans, segmentSumOfIntegers } from './segment-sum';
