export { forwardMixed, manifoldMixup, type LayerMixing, type ManifoldMixup, type ManifoldMixupOptions } from './manifold-mixup.ts';
export { mixedLoss, mixHidden, type Mixing } from './mix-hidden.ts';
