import { mnist, type Mnist, type MnistFiles } from '@downhill/demo/recipe';

/** The pictures that the server has beside the pages. */
export async function fetchDigits(limit: number): Promise<Mnist> {
  const file = async (name: keyof MnistFiles): Promise<Uint8Array> => {
    const response = await fetch(new URL(`digits/${name}.idx`, location.origin));
    if (!response.ok) throw new Error(`${response.url}: ${response.status}`);
    return new Uint8Array(await response.arrayBuffer());
  };
  const [trainImages, trainLabels, testImages, testLabels] = await Promise.all([
    file('trainImages'),
    file('trainLabels'),
    file('testImages'),
    file('testLabels'),
  ]);
  return mnist({ trainImages, trainLabels, testImages, testLabels }, limit);
}
