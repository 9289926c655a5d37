import type { Expression, NodeData } from './node.ts';

/** What a node is beside its inputs, in words. Equal nodes over equal inputs have equal labels. */
export function label(data: NodeData): string {
  switch (data.op) {
    case 'constant':
      return Object.is(data.value, -0) ? '-0' : String(data.value);
    case 'input':
      return `${data.name}[${data.over}]`;
    case 'scalar':
      return `$${data.name}`;
    case 'size':
      return `size over ${data.over}`;
    case 'index':
      return 'index';
    case 'random':
      return `${data.distribution} seed ${data.seed} stream ${JSON.stringify(data.stream)}`;
    case 'key':
      return `key ${data.word} of seed ${data.seed} stream ${JSON.stringify(data.stream)}`;
    case 'reduce':
      return `${data.reduction} over ${data.over}${data.label === '' ? '' : ` (${data.label})`}`;
    case 'reduced':
      return `${data.reduction} of ${data.name}[${data.over}]`;
    default:
      return data.op;
  }
}

/**
 * A graph as text, a line a node, each after what it needs:
 *
 *     %0 = gradient[]
 *     %1 = mul %0 0.1
 *     update = %1
 */
export function print(outputs: Readonly<Record<string, Expression>>): string {
  const names = new Map<Expression, string>();
  const lines: string[] = [];
  const visit = (node: Expression): string => {
    const known = names.get(node);
    if (known !== undefined) return known;
    const inputs = node.inputs.map(visit);
    const text = [label(node.data), ...inputs].join(' ');
    const name = node.op === 'constant' ? `${text}${node.type === 'integer' ? 'u' : ''}` : `%${lines.length}`;
    if (node.op !== 'constant') lines.push(`${name} = ${text}`);
    names.set(node, name);
    return name;
  };
  const ends = Object.entries(outputs).map(([name, node]) => `${name} = ${visit(node)}`);
  return [...lines, ...ends].join('\n');
}

/** The nodes of a graph, each after its inputs. */
export function nodesOf(roots: readonly Expression[]): readonly Expression[] {
  const seen = new Set<Expression>();
  const visit = (node: Expression): void => {
    if (seen.has(node)) return;
    node.inputs.forEach(visit);
    seen.add(node);
  };
  roots.forEach(visit);
  return [...seen];
}
