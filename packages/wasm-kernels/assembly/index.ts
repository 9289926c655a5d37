export { conv2d } from './conv2d';
export { conv2dBackpropFilter } from './conv2d-backprop-filter';
export { conv2dBackpropInput } from './conv2d-backprop-input';
export { depthwiseBackpropFilter, depthwiseBackpropInput, depthwiseConv2d } from './depthwise';
export { gemm } from './gemm';
export { packColumns } from './packing';
export { avgPool, avgPoolGrad, maxPool, maxPoolGrad } from './pool';
export { segmentSum, segmentSumOfBooleans, segmentSumOfIntegers } from './segment-sum';
