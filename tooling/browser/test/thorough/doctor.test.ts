import { expect, test } from 'vitest';
import { useViews } from '../use-views.ts';

const open = useViews();

test('each of the lecture’s symptoms is provoked by a click and recognized', { timeout: 180_000 }, async () => {
  const page = await open('doctor');
  for (const [title, finding] of [
    ['Flat at first, then falling', 'bad_initialization'],
    ['A plateau', 'plateau_needs_decay'],
    ['Decayed too early', 'lr_decayed_too_early'],
    ['A growing gap', 'overfitting'],
    ['No gap', 'underfitting'],
  ] as const) {
    const symptom = page.getByRole('list', { name: 'Symptoms' }).getByRole('button', { name: title });
    await symptom.click();
    await expect.poll(() => symptom.getAttribute('aria-pressed')).toBe('true');
    const verdict = new RegExp(String.raw`${finding}After \d+ epochs, the run is over`);
    await expect.poll(() => page.locator('.verdict').textContent(), { timeout: 60_000 }).toMatch(verdict);
    await expect.poll(() => page.url()).toContain(`symptom=${finding}`);
  }
});

test('the doctor speaks up while the run goes on', { timeout: 60_000 }, async () => {
  const page = await open('doctor', { state: 'symptom=lr_too_high' });
  await expect.poll(() => page.locator('.verdict').textContent(), { timeout: 30_000, interval: 20 }).toContain('sure enough to speak up');
});

test('an address that makes no sense is said in words', async () => {
  const page = await open('doctor', { state: 'symptom=overfiting' });
  await expect.poll(() => page.locator('.problems').textContent()).toContain("did you mean 'overfitting'?");
});
