export * from './constraints/index.ts';
export * from './dropout/index.ts';
export * from './losses/index.ts';
export * from './mixing/index.ts';
export * from './normalization/index.ts';
export * from './penalties/index.ts';
export * from './pooling/index.ts';
export * from './stopping/index.ts';
