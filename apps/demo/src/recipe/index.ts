export { HELD_OUT, type RecipeConfig } from './config.ts';
export { DEFAULTS } from './defaults.ts';
export { readIdx } from './idx.ts';
export { mnist, type Mnist, type MnistFiles } from './mnist.ts';
export { digitsModel } from './model.ts';
export { registerRules } from './rules.ts';
export { runRecipe } from './run-recipe.ts';
export { tunePhases, tuneRecipe, type Tuned, type TunedSettings } from './tune-recipe.ts';
