/** The shapes of the weights that a step updates. */
export interface WeightsCase {
  readonly name: string;
  readonly shapes: readonly (readonly number[])[];
}

/** He et al. 2016, section 4.2, n = 3: three stages of three blocks of two convolutions. */
const STAGES = [16, 32, 64];
const CONVOLUTIONS_PER_STAGE = 6;

/** ResNet-20 for CIFAR-10 with parameter-free shortcuts (option A): 19 convolutions without bias, each with its batch norm's γ and β. */
const resnet20: WeightsCase = {
  name: 'resnet20',
  shapes: [...convolution(3, 16), ...STAGES.flatMap((channels, stage) => stageShapes(STAGES[stage - 1] ?? channels, channels))],
};

function stageShapes(before: number, channels: number): readonly (readonly number[])[] {
  return Array.from({ length: CONVOLUTIONS_PER_STAGE }, (_, index) => convolution(index === 0 ? before : channels, channels)).flat();
}

function convolution(from: number, to: number): readonly (readonly number[])[] {
  return [[3, 3, from, to], [to], [to]];
}

/** Three dense layers with biases. */
const mlp9M: WeightsCase = { name: 'mlp9M', shapes: [[784, 2048], [2048], [2048, 3584], [3584], [3584, 10], [10]] };

/** The cases of `optimizer-step`. */
export const weightsCases: readonly WeightsCase[] = [resnet20, mlp9M];

/** Elements of a shape. */
export const sizeOf = (shape: readonly number[]): number => shape.reduce((product, length) => product * length, 1);

/** Weights of a case. */
export const weightCount = ({ shapes }: WeightsCase): number => shapes.reduce((sum, shape) => sum + sizeOf(shape), 0);
