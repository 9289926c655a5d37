import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import protobuf from 'protobufjs';
import { afterAll, describe, expect, test } from 'vitest';
import { drive, readEvents, tensorBoard, type Reading, type RunInfo } from '../../index.ts';
import { tensorBoardFolder } from '../../node.ts';
import { crc32c, maskedCrc32c } from './crc32c.ts';
import { readRecords, recordOf } from './record.ts';
import { concatenated, fieldsOf } from './wire.ts';

const { root } = protobuf.parse(readFileSync(`${import.meta.dirname}/fixtures/event.proto`, 'utf8'), { keepCase: true });
const Event = root.lookupType('tensorflow.Event');

/** The published layout read with other means than ours: protobufjs, and a bit-by-bit CRC. */
function decodeIndependently(file: Uint8Array): Record<string, never>[] {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const events = [];
  for (let at = 0; at < file.length;) {
    const length = Number(view.getBigUint64(at, true));
    expect(view.getUint32(at + 8, true)).toBe(maskedBitByBit(file.subarray(at, at + 8)));
    const payload = file.subarray(at + 12, at + 12 + length);
    expect(view.getUint32(at + 12 + length, true)).toBe(maskedBitByBit(payload));
    events.push(Event.toObject(Event.decode(payload), { longs: Number, enums: String, arrays: false }) as Record<string, never>);
    at += length + 16;
  }
  return events;
}

function maskedBitByBit(bytes: Uint8Array): number {
  let remainder = 0xffffffffn;
  for (const byte of bytes) {
    for (let bit = 0; bit < 8; bit++) {
      const out = (remainder ^ (BigInt(byte) >> BigInt(bit))) & 1n;
      remainder = (remainder >> 1n) ^ (out === 1n ? 0x82f63b78n : 0n);
    }
  }
  const crc = remainder ^ 0xffffffffn;
  return Number((((crc >> 15n) | (crc << 17n)) + 0xa282ead8n) & 0xffffffffn);
}

const run: RunInfo = { name: 'today', settings: { optimizer: 'adamw', 'a|b': [1, 2] } };
const now = (): number => 1_700_000_000.5;
async function fileOf(readings: readonly Reading[], info: RunInfo = run): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  const sink = tensorBoard((bytes) => void chunks.push(bytes), { now });
  await sink.open?.(info);
  await sink.write(readings);
  return concatenated(chunks);
}

describe('the checksum', () => {
  test.each([
    ['32 zeros', new Uint8Array(32), 0x8a9136aa],
    ['32 times 255', new Uint8Array(32).fill(255), 0x62a8ab43],
    ['0 to 31', Uint8Array.from({ length: 32 }, (_, i) => i), 0x46dd794e],
    ['31 to 0', Uint8Array.from({ length: 32 }, (_, i) => 31 - i), 0x113fdb5c],
    ['nothing', new Uint8Array(), 0],
    ['"123456789"', new TextEncoder().encode('123456789'), 0xe3069283],
  ])('of %s is that of RFC 3720', (_, bytes, expected) => {
    expect(crc32c(bytes)).toBe(expected);
  });

  test('is masked as another implementation masks it', () => {
    fc.assert(fc.property(fc.uint8Array(), (bytes) => maskedCrc32c(bytes) === maskedBitByBit(bytes)));
  });
});

describe('records', () => {
  test('are read as they were written', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array()), (written) => {
        const { records, problem } = readRecords(concatenated(written.map(recordOf)), 'a file');
        expect(records.map((record) => [...record])).toEqual(written.map((record) => [...record]));
        expect(problem).toBeUndefined();
      }),
    );
  });

  test('before a cut are kept, and the cut is told', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array(), { minLength: 1 }), fc.nat(), (written, seed) => {
        const parts = written.map(recordOf);
        const file = concatenated(parts);
        const cut = seed % file.length;
        const ends = parts.map((_, i) => concatenated(parts.slice(0, i + 1)).length);
        const { records, problem } = readRecords(file.subarray(0, cut), 'a file');
        expect(records).toHaveLength(ends.filter((end) => end <= cut).length);
        expect(problem?.code).toBe(cut === 0 || ends.includes(cut) ? undefined : 'data-invalid');
      }),
    );
  });

  test('with one changed bit are told, whichever it is', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1 }), fc.nat(), fc.nat(), (first, seed, bit) => {
        const file = concatenated([recordOf(first), recordOf(new Uint8Array(3))]);
        const at = seed % file.length;
        file[at]! ^= 1 << (bit % 8);
        const { records, problem } = readRecords(file, 'a file');
        expect(records).toHaveLength(at < first.length + 16 ? 0 : 1);
        expect(problem?.message).toMatch(/^\[data-invalid\] a file: record [12], at byte \d+, has (a length|content) that its checksum/);
      }),
    );
  });
});

describe('an event file', () => {
  test('begins with its version and the settings of the run', async () => {
    expect(decodeIndependently(await fileOf([]))).toEqual([
      { wall_time: 1_700_000_000.5, file_version: 'brain.Event:2' },
      expect.objectContaining({ summary: { value: [expect.objectContaining({ tag: 'settings' })] } }),
    ]);
  });

  test('has a step’s scalars in one event, as the published schema reads them', async () => {
    const [, , event] = decodeIndependently(
      await fileOf([
        { kind: 'scalar', name: 'loss', value: 0.1, step: 2 ** 33 + 1, epoch: 0 },
        { kind: 'scalar', name: 'gradient norm/0/kernel', value: Number.NaN, step: 2 ** 33 + 1, epoch: 0 },
      ]),
    );
    expect(event).toEqual({
      wall_time: now(),
      step: 2 ** 33 + 1,
      summary: {
        value: [
          { tag: 'loss', simple_value: Math.fround(0.1) },
          { tag: 'gradient norm/0/kernel', simple_value: Number.NaN },
        ],
      },
    });
  });

  test('has histograms as buckets from the smallest edge up, without empty ends', async () => {
    const reading = { kind: 'histogram', name: 'weights', edges: [-2, -1, 0, 1, 2], counts: [0, 3, 1, 0], step: 1, epoch: 0 } as const;
    const [, , event] = decodeIndependently(await fileOf([reading]));
    expect(event).toEqual({
      wall_time: now(),
      step: 1,
      summary: {
        value: [{ tag: 'weights', histo: { min: -1, max: 1, num: 4, sum: -1, sum_squares: 1, bucket_limit: [0, 1], bucket: [3, 1] } }],
      },
    });
  });

  test('has an empty histogram and infinite edges as numbers', async () => {
    const histogram = (edges: number[], counts: number[]): Reading => ({ kind: 'histogram', name: 'h', edges, counts, step: 1, epoch: 0 });
    const [, , event] = decodeIndependently(await fileOf([histogram([0, 1, 2], [0, 0]), histogram([-Infinity, 0, Infinity], [1, 1])]));
    const { value } = (event as unknown as { summary: { value: { histo: { min?: number; max: number; bucket: number[] } }[] } }).summary;
    expect(value.map(({ histo: { min = 0, max, bucket } }) => [min, max, bucket])).toEqual([
      [0, 2, [0, 0]],
      [-Number.MAX_VALUE, Number.MAX_VALUE, [1, 1]],
    ]);
  });

  test('has texts and tables as string tensors of the text plugin', async () => {
    const [, , event] = decodeIndependently(
      await fileOf([
        { kind: 'text', name: 'doctor', text: 'Überfitting', step: 3, epoch: 1 },
        {
          kind: 'matrix',
          name: 'confusion',
          rows: ['cat', 'dog'],
          columns: ['cat', 'dog'],
          values: [
            [5, 1],
            [0, 4],
          ],
          step: 3,
          epoch: 1,
        },
      ]),
    );
    const value = (tag: string, content: string) => ({
      tag,
      metadata: { plugin_data: { plugin_name: 'text' }, data_class: 'DATA_CLASS_TENSOR' },
      tensor: { dtype: 'DT_STRING', tensor_shape: { dim: [{ size: 1 }] }, string_val: [new Uint8Array(Buffer.from(content))] },
    });
    const table = ['|  | cat | dog |', '| --- | --- | --- |', '| cat | 5 | 1 |', '| dog | 0 | 4 |'].join('\n');
    expect(event).toMatchObject({ summary: { value: [value('doctor', 'Überfitting'), value('confusion', table)] } });
  });

  test('of a resumed run says from which step on older files count no more', async () => {
    const [, start] = decodeIndependently(await fileOf([], { ...run, resumedAt: 40 }));
    expect(start).toEqual({ wall_time: now(), step: 41, session_log: { status: 'START' } });
  });

  test('is read by our own reader as it was written', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.record({ name: fc.string(), value: fc.float(), step: fc.nat({ max: 2 ** 40 }) })), async (scalars) => {
        const readings = scalars.map((scalar): Reading => ({ kind: 'scalar', epoch: 0, ...scalar }));
        const { events, problem } = readEvents(await fileOf(readings));
        expect(problem).toBeUndefined();
        expect(events[0]).toEqual({ wallTime: now(), step: 0, fileVersion: 'brain.Event:2', restart: false, values: [] });
        const read = events.slice(2).flatMap(({ step, values }) => values.map((value) => ({ ...value, step })));
        const bySteps = [...new Set(scalars.map(({ step }) => step))].flatMap((step) => scalars.filter((one) => one.step === step));
        expect(read).toEqual(bySteps.map(({ name, value, step }) => ({ kind: 'scalar', tag: name, value, step })));
      }),
    );
    const { events } = readEvents(
      await fileOf(
        [
          { kind: 'histogram', name: 'h', edges: [0, 1, 3], counts: [2, 5], step: 1, epoch: 0 },
          { kind: 'text', name: 'doctor', text: 'well', step: 1, epoch: 0 },
        ],
        { name: 'today', settings: { seed: 1 }, resumedAt: 0 },
      ),
    );
    expect(events.slice(1).map(({ restart, step }) => [restart, step])).toEqual([
      [true, 1],
      [false, 0],
      [false, 1],
    ]);
    expect(events.slice(2).flatMap(({ values }) => values)).toEqual([
      { kind: 'text', tag: 'settings', text: '| setting | value |\n| --- | --- |\n| seed | 1 |' },
      { kind: 'histogram', tag: 'h', min: 0, upperEdges: [1, 3], counts: [2, 5] },
      { kind: 'text', tag: 'doctor', text: 'well' },
    ]);
  });

  test('of another writer is read too', () => {
    const image = Event.encode(Event.fromObject({ step: 7, summary: { value: [{ tag: 'picture', image: { height: 1, width: 1 } }] } }));
    expect(readEvents(recordOf(image.finish())).events).toEqual([
      { wallTime: 0, step: 7, restart: false, values: [{ kind: 'other', tag: 'picture' }] },
    ]);
  });

  test('that holds whole records, but no events, is told', () => {
    for (const bytes of [[0xff], [0x2a, 200], [0x0b], [0x28, 1]]) {
      const { events, problem } = readEvents(recordOf(Uint8Array.from(bytes)), 'a.tfrecord');
      expect(events).toEqual([]);
      expect(problem?.message).toMatch(/^\[data-invalid\] a\.tfrecord: record 1 is whole, but no event\./);
    }
  });
});

test('numbers above 32 bits are read as they were written', () => {
  expect(fieldsOf(Uint8Array.from([0x10, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x10]))).toEqual([{ number: 2, value: 2 ** 53 }]);
});

describe('a folder of event files', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tensor-board-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const loss: Reading = { kind: 'scalar', name: 'loss', value: 0.5, step: 1, epoch: 0 };

  test('gets a new file with the name that TensorBoard looks for each time a run opens it', async () => {
    for (const start of [1, 2]) {
      const sink = tensorBoardFolder(join(folder, 'new', 'run'), { now: () => start });
      await sink.open?.(run);
      await sink.write([loss]);
      await sink.write([]);
    }
    const names = readdirSync(join(folder, 'new', 'run')).toSorted();
    expect(names.map((name) => name.replace(/\.\d+\.\d+$/, ''))).toEqual([
      expect.stringMatching(/^events\.out\.tfevents\.0000000001\../),
      expect.stringMatching(/^events\.out\.tfevents\.0000000002\../),
    ]);
    for (const name of names) expect(decodeIndependently(readFileSync(join(folder, 'new', 'run', name)))).toHaveLength(3);
  });

  test('that cannot be made is one problem', async () => {
    writeFileSync(join(folder, 'file'), '');
    const problems: string[] = [];
    const driver = drive([tensorBoardFolder(join(folder, 'file', 'run'))], ({ error }) => problems.push(error.code));
    await driver.open(run);
    await driver.write([loss]);
    expect(problems).toEqual(['write-failed']);
  });
});
