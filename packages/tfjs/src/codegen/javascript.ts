import {
  buffersOf,
  label,
  nodesOf,
  roundsEachStep,
  type Expression,
  type Gather,
  type Kernel,
  type RunKernel,
} from '@downhill/core/compiler';

/** JavaScript of a primitive operation; `round` is `fround` or nothing, see `roundsEachStep`. */
function operationSource({ op }: Expression, [a = '', b = '', c = '']: readonly string[], round: string): string {
  switch (op) {
    case 'add':
      return `${round}(${a} + ${b})`;
    case 'sub':
      return `${round}(${a} - ${b})`;
    case 'mul':
      return `${round}(${a} * ${b})`;
    case 'div':
      return `${round}(${a} / ${b})`;
    case 'min':
      return `min(${a}, ${b})`;
    case 'max':
      return `max(${a}, ${b})`;
    case 'neg':
      return `-${a}`;
    case 'abs':
      return `abs(${a})`;
    case 'sqrt':
      return `${round}(sqrt(${a}))`;
    case 'floor':
      return `floor(${a})`;
    case 'less':
      return `${a} < ${b}`;
    case 'lessEqual':
      return `${a} <= ${b}`;
    case 'equal':
      return `${a} === ${b}`;
    case 'isFinite':
      return `abs(${a}) < 3.4028235677973366e38`; // from there on float32 rounds to infinity, and that is what is stored
    case 'and':
      return `${a} && ${b}`;
    case 'or':
      return `${a} || ${b}`;
    case 'not':
      return `!${a}`;
    case 'select':
    case 'selectInteger':
      return `${a} ? ${b} : ${c}`;
    case 'integerAdd':
      return `(${a} + ${b}) | 0`;
    case 'integerSub':
      return `(${a} - ${b}) | 0`;
    case 'integerXor':
      return `${a} ^ ${b}`;
    case 'integerAnd':
      return `${a} & ${b}`;
    case 'integerOr':
      return `${a} | ${b}`;
    case 'rotateLeft':
      return `(${a} << ${b}) | (${a} >>> (32 - ${b}))`;
    case 'shiftLeft':
      return `${a} << ${b}`;
    case 'shiftRight':
      return `(${a} >>> ${b}) | 0`;
    case 'integerLess':
      return `(${a} >>> 0) < (${b} >>> 0)`;
    case 'toNumber':
      return `${round}(${a} | 0)`;
    case 'toInteger':
      return `${a} | 0`;
    case 'bitsOf':
      return `(cell[0] = ${a}, cellBits[0])`;
    case 'fromBits':
      return `(cellBits[0] = ${a}, cell[0])`;
    default:
      throw new Error(`no JavaScript for '${op}'`);
  }
}

function gatherSource(gather: Gather, so: string, value: string): string {
  switch (gather) {
    case 'sum':
      return `${so} + ${value}`;
    case 'sumOfSquares':
      return `${so} + ${value} * ${value}`;
    case 'maxAbs':
      return `max(${so}, abs(${value}))`;
    case 'count':
      return `${value} ? ${so} + 1 : ${so}`;
    default:
      return gather satisfies never;
  }
}

function constantSource(value: number, type: Expression['type'], round: string): string {
  if (type === 'integer') return String(value | 0);
  return `${round}(${Object.is(value, -0) ? '-0' : value})`;
}

/** The text of a kernel: the body of a function of `segments, uniforms, buffers`. Printed, it is what runs. */
export function javascriptSource(kernel: Kernel): string {
  const buffers = buffersOf(kernel);
  const round = roundsEachStep(kernel) ? 'fround' : '';
  const place = new Map(kernel.loads.map((buffer, i) => [buffer.name, i]));
  const firstStore = kernel.loads.length;
  const firstGather = firstStore + kernel.stores.length;
  // Without folds over some of the axes every buffer starts at its first element, and an index without a sum is a third faster.
  const whole = buffers.every(({ over }) => typeof over === 'string' || over.length === 0);
  const at = (i: number): string => {
    if (buffers[i]?.stride === 1) return whole ? `b${i}[i]` : `b${i}[o${i} + i]`;
    return whole ? `b${i}[0]` : `b${i}[o${i}]`;
  };

  const names = new Map<Expression, string>();
  const varies = new Map<Expression, boolean>();
  const once: string[] = [];
  const perSegment: string[] = [];
  const perElement: string[] = [];
  for (const node of nodesOf([...kernel.stores, ...kernel.gathers].map(({ value }) => value))) {
    const { data } = node;
    const name = `v${names.size}`;
    names.set(node, name);
    if (data.op === 'constant') once.push(`const ${name} = ${constantSource(data.value, node.type, round)};`);
    else if (data.op === 'scalar' || data.op === 'size' || data.op === 'key') {
      const slot = kernel.uniforms.findIndex((uniform) => uniform.name === label(data));
      once.push(`const ${name} = ${data.op === 'key' ? 'words' : 'numbers'}[${slot}];`);
    } else if (data.op === 'index') {
      varies.set(node, true);
      perElement.push(`const ${name} = (start + i) | 0;`);
    } else if (data.op === 'input' || data.op === 'reduced') {
      const i = place.get(data.name) ?? 0;
      const loads = data.op === 'reduced' ? `fround(${data.reduction === 'norm' ? `sqrt(${at(i)})` : at(i)})` : at(i);
      varies.set(node, buffers[i]?.stride === 1);
      (buffers[i]?.stride === 1 ? perElement : perSegment).push(`const ${name} = ${loads};`);
    } else {
      const changes = node.inputs.some((input) => varies.get(input) === true);
      varies.set(node, changes);
      const source = operationSource(
        node,
        node.inputs.map((input) => names.get(input) ?? ''),
        round,
      );
      // Conditions are written where they are used: as values of their own they would be boxed and unboxed.
      if (node.type === 'boolean') names.set(node, `(${source})`);
      else (changes ? perElement : perSegment).push(`const ${name} = ${source};`);
    }
  }

  const before: string[] = [];
  const after: string[] = [];
  kernel.gathers.forEach(({ buffer, gather, value }, k) => {
    const i = firstGather + k;
    const item = names.get(value) ?? '';
    if (buffer.stride === 1) perElement.push(`${at(i)} = ${gatherSource(gather, at(i), item)};`);
    else {
      before.push(`let g${k} = ${gather === 'count' ? 0 : at(i)};`);
      perElement.push(gather === 'count' ? `if (${item}) g${k}++;` : `g${k} = ${gatherSource(gather, `g${k}`, item)};`);
      after.push(`${at(i)} ${gather === 'count' ? '+=' : '='} g${k};`);
    }
  });
  kernel.stores.forEach(({ value }, k) => perElement.push(`${at(firstStore + k)} = ${names.get(value)};`));

  const lines = [
    'const { table, length, width } = segments, { numbers, words } = uniforms;',
    ...buffers.map((_, i) => `const b${i} = buffers[${i}];`),
    ...once,
    'for (let s = 0, row = 0; s < length; s++, row += width) {',
    `  const start = table[row], count = table[row + 1]${whole ? '' : buffers.map((_, i) => `, o${i} = table[row + ${2 + i}]`).join('')};`,
    ...[...perSegment, ...before].map((line) => `  ${line}`),
    '  for (let i = 0; i < count; i++) {',
    ...perElement.map((line) => `    ${line}`),
    '  }',
    ...after.map((line) => `  ${line}`),
    '}',
  ];
  return lines.join('\n');
}

let allowed: boolean | undefined;

/** Whether code may be generated here: a content-security policy without `unsafe-eval` forbids it. */
export function mayGenerateCode(): boolean {
  try {
    allowed ??= new Function('return true')() === true;
  } catch {
    allowed = false;
  }
  return allowed;
}

/** Compiles a kernel to a JavaScript function. */
export function generateJavascript(kernel: Kernel): RunKernel {
  const helpers =
    'const { fround, sqrt, abs, min, max, floor } = Math, cell = new Float32Array(1), cellBits = new Int32Array(cell.buffer);';
  return new Function(
    `'use strict';\n${helpers}\nreturn (segments, uniforms, buffers) => {\n${javascriptSource(kernel)}\n};`,
  )() as RunKernel;
}
