export { MyLayer, registerMyLayer, type MyLayerConfig } from './my-layer.ts';
