import type { HistogramReading, MatrixReading, ReadAt, Reading, RunInfo } from '../../reading.ts';

type Fields = Readonly<Record<string, unknown>>;

/** What a line says; undefined where it is no line of ours. */
export function contentOf(line: string): Reading | (RunInfo & { readonly kind: 'run' }) | undefined {
  try {
    const fields = JSON.parse(line) as unknown;
    return typeof fields === 'object' && fields !== null ? fromFields(fields as Fields) : undefined;
  } catch {
    return undefined;
  }
}

function fromFields(fields: Fields): ReturnType<typeof contentOf> {
  const { kind, name } = fields;
  if (typeof name !== 'string') return undefined;
  if (kind === 'run') return runOf(name, fields);
  const at = placeOf(fields);
  if (at === undefined) return undefined;
  switch (kind) {
    case 'scalar': {
      const value = numberOf(fields['value']);
      const guide = numberOf(fields['guide']);
      return value === undefined ? undefined : { kind, name, value, ...(guide === undefined ? {} : { guide }), ...at };
    }
    case 'text':
      return typeof fields['text'] === 'string' ? { kind, name, text: fields['text'], ...at } : undefined;
    case 'histogram':
      return histogramOf(name, fields, at);
    case 'matrix':
      return matrixOf(name, fields, at);
    default:
      return undefined;
  }
}

function runOf(name: string, { settings = {}, resumedAt }: Fields): (RunInfo & { readonly kind: 'run' }) | undefined {
  if (typeof settings !== 'object' || settings === null) return undefined;
  return { kind: 'run', name, settings: settings as RunInfo['settings'], ...(typeof resumedAt === 'number' ? { resumedAt } : {}) };
}

function placeOf({ step, epoch }: Fields): ReadAt | undefined {
  return typeof step === 'number' && typeof epoch === 'number' ? { step, epoch } : undefined;
}

function histogramOf(name: string, fields: Fields, at: ReadAt): HistogramReading | undefined {
  const [edges, counts] = [numbersOf(fields['edges']), numbersOf(fields['counts'])];
  if (edges === undefined || counts === undefined || edges.length !== counts.length + 1) return undefined;
  return { kind: 'histogram', name, edges, counts, ...at };
}

function matrixOf(name: string, { rows, columns, values }: Fields, at: ReadAt): MatrixReading | undefined {
  if (!areWords(rows) || !areWords(columns) || !Array.isArray(values) || values.length !== rows.length) return undefined;
  const numbers = values.map(numbersOf).filter((row) => row?.length === columns.length) as number[][];
  return numbers.length === rows.length ? { kind: 'matrix', name, rows, columns, values: numbers, ...at } : undefined;
}

const areWords = (list: unknown): list is string[] => Array.isArray(list) && list.every((word) => typeof word === 'string');

function numbersOf(list: unknown): number[] | undefined {
  if (!Array.isArray(list)) return undefined;
  const numbers = list.map(numberOf).filter((value) => value !== undefined);
  return numbers.length === list.length ? numbers : undefined;
}

function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && ['NaN', 'Infinity', '-Infinity'].includes(value) ? Number(value) : undefined;
}
