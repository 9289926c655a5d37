import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { canvasColour } from '../canvas-colour.ts';
import { EMPTY, huge, RED, TEXT, type PictureFile } from '../picture-files.ts';
import { useViews } from '../use-views.ts';

const open = useViews();
const patience = { timeout: 30_000 };

const note = (page: Page): Promise<string | null> => page.locator('.picture-field .note').textContent();
const trouble = (page: Page): Promise<string | null> => page.locator('.picture-field [role=alert]').textContent();

/** Lets go of a file, or of something else, over the view. */
const drop = (page: Page, file: PictureFile | undefined): Promise<void> =>
  page.evaluate(
    ([name, type, bytes]) => {
      const dataTransfer = new DataTransfer();
      if (name === undefined) dataTransfer.setData('text/plain', 'some words');
      else dataTransfer.items.add(new File([Uint8Array.from(bytes)], name, { type }));
      document.querySelector('.samples')?.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
    },
    [file?.name, file?.mimeType ?? '', [...(file?.buffer ?? [])]] as const,
  );

test('a picture is dropped in, and each thing that is none is said in words while the last picture stays', async () => {
  const page = await open('augmentation');
  await expect.poll(() => note(page), patience).toContain('piazzetta, 192 × 192 pixels');
  await drop(page, RED);
  await expect.poll(() => note(page), patience).toContain('red.png');
  for (const [file, words] of [
    [EMPTY, "'empty.png' is empty"],
    [TEXT, "'letter.png' does not decode as a picture"],
    [huge(60_000), "'huge.png' is too large: it has 60000 × 60000 pixels"],
    [huge(7000), "'huge.png' does not decode as a picture"], // its size is fine, but it has one pixel alone
    [undefined, 'What was dropped is no file'],
  ] as const) {
    await drop(page, file);
    await expect.poll(() => trouble(page), patience).toContain(words);
    expect(await note(page)).toContain('red.png');
    expect(await canvasColour(page.locator('.picture-field canvas'))).toEqual([255, 0, 0]);
  }
  await page.getByRole('combobox', { name: 'Picture', exact: true }).selectOption('meadow');
  await expect.poll(() => note(page), patience).toContain('meadow');
  expect(await trouble(page)).toBe('');
});

test('a click in the gallery puts an operation at the end of the pipeline, and the address opens the same', async () => {
  const page = await open('augmentation', { state: 'step=flip:0.5&strength=1' });
  await page.getByRole('button', { name: /^posterize/ }).click();
  await expect.poll(() => page.url(), patience).toContain('step=posterize:1');
  const plan = page.getByRole('region', { name: 'The compiled plan' });
  await expect.poll(() => plan.textContent(), patience).toContain('flip, posterize: 2 passes');
  const again = await open('augmentation', { state: page.url().replace(/^.*\?/, '') });
  await expect.poll(() => again.getByRole('region', { name: 'The compiled plan' }).textContent(), patience).toBe(await plan.textContent());
});

test('another sample has another plan’s draws, and a named policy says what it drew', async () => {
  const page = await open('augmentation');
  await page.getByLabel('Pipeline', { exact: true }).selectOption('TrivialAugment');
  const draws = page.getByRole('region', { name: 'The draws' });
  await expect.poll(() => draws.textContent(), patience).toMatch(/^trivialAugmentWide: \{"operation":"\w+"/);
  const first = await draws.textContent();
  await page.getByRole('button', { name: 'Sample 2' }).click();
  await expect.poll(() => draws.textContent(), patience).not.toBe(first);
});

test('mixed labels say numbers whose sum is 1', async () => {
  const page = await open('augmentation', { state: 'alpha=4' });
  const labels = page.locator('.label-text');
  await expect.poll(async () => (await labels.allTextContents()).every((text) => /^0\.\d/.test(text)), patience).toBe(true);
  expect(await labels.count()).toBe(8);
  for (const text of await labels.allTextContents()) {
    const [own = 0, partner = 0] = (text.match(/0\.\d+/g) ?? []).map(Number);
    expect(own + partner).toBeCloseTo(1, 1);
  }
});

test('an address that makes no sense, and a pipeline that cannot be applied, are said in words', async () => {
  const page = await open('augmentation', { state: 'step=rotat:30&step=crop:32&step=crop:96' });
  const said = page.locator('.problems');
  await expect
    .poll(async () => (await said.allTextContents()).join(' '), patience)
    .toContain("There is no operation 'rotat': did you mean 'rotate'?");
  await expect.poll(async () => (await said.allTextContents()).join(' '), patience).toContain('The pipeline cannot be applied: crop:');
});
