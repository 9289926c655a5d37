export { placeOf, seedModel } from './seed-model.ts';
export { registerLayers, seededInitializer, type SeededInitializer, type SeededInitializerOptions } from './seeded-initializer.ts';
