import type { Signal } from '@preact/signals';
import type { JSX } from 'preact';
import { NumberField } from '../shell/number-field.tsx';
import { SelectField } from '../shell/select-field.tsx';
import { BACKEND_CHOICES } from './train-address.ts';
import type { Choices, TrainConfig } from './train-protocol.ts';

export interface TrainSettingsProps {
  readonly config: Signal<TrainConfig>;
  readonly choices: Choices | undefined;
  readonly disabled: boolean;
}

type NumberKey = keyof { [K in keyof TrainConfig as TrainConfig[K] extends number ? K : never]: true };

const FIRST: readonly [NumberKey, string][] = [
  ['limit', 'training images'],
  ['epochs', 'epochs'],
  ['learningRate', 'learning rate'],
  ['weightDecay', 'weight decay'],
];
const MORE: readonly [NumberKey, string][] = [
  ['batchSize', 'images a step'],
  ['dropout', 'dropout'],
  ['labelSmoothing', 'label smoothing'],
  ['emaDecay', 'decay of the average'],
  ['lastEpochs', 'epochs in the ensemble'],
  ['patience', 'patience in epochs'],
  ['seed', 'seed'],
];

/** The recipe's settings. */
export function TrainSettings({ config, choices, disabled }: TrainSettingsProps): JSX.Element {
  const set = (changed: Partial<TrainConfig>): void => {
    config.value = { ...config.value, ...changed };
  };
  const numbers = (fields: readonly [NumberKey, string][]): JSX.Element[] =>
    fields.map(([key, label]) => (
      <NumberField key={key} label={label} value={config.value[key]} onNumber={(value) => set({ [key]: value })} />
    ));
  const words = (label: string, key: 'optimizer' | 'schedule' | 'augment' | 'backend', names: readonly string[]): JSX.Element => (
    <SelectField
      label={label}
      value={config.value[key]}
      onSelect={(value) => set({ [key]: value, ...(key === 'optimizer' ? { weightDecay: 0, ...choices?.usual[value] } : {}) })}
    >
      {(names.includes(config.value[key]) ? names : [config.value[key], ...names]).map((name) => (
        <option key={name}>{name}</option>
      ))}
    </SelectField>
  );
  return (
    <fieldset class="settings" disabled={disabled}>
      <legend>Settings</legend>
      <div class="fields">
        {numbers(FIRST)}
        {words('optimizer', 'optimizer', choices?.optimizers ?? [])}
        {words('schedule', 'schedule', choices?.schedules ?? [])}
        {words('augmentation', 'augment', choices?.augmentations ?? [])}
        {words('backend', 'backend', BACKEND_CHOICES)}
      </div>
      <details>
        <summary>More</summary>
        <div class="fields">{numbers(MORE)}</div>
      </details>
    </fieldset>
  );
}
