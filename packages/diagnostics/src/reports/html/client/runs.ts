import { byId } from './elements.ts';
import { matches } from './filter.ts';

/** What happens in the table of runs. */
export interface RunsListener {
  /** Other runs are shown now. */
  change(visible: readonly number[]): void;
  /** The pointer is on a run, or on none. */
  point(run: number | undefined): void;
  /** A run was clicked. */
  pick(run: number): void;
}

/** Lets the table of runs sort, filter and hide. */
export function runsTable(listener: RunsListener): void {
  const table = document.querySelector('#runs table');
  const filter = byId<HTMLInputElement>('filter');
  if (table === null || filter === null) return;
  const body = table.querySelector('tbody');
  const rows = [...table.querySelectorAll<HTMLElement>('tbody tr')];
  const heads = [...table.querySelectorAll('thead th')];
  const columns = heads.map((head) => (head.textContent ?? '').toLowerCase());
  const indexOf = (row: HTMLElement): number => Number(row.dataset['run']);
  const checkbox = (row: HTMLElement) => row.querySelector('input') as HTMLInputElement;

  const update = (): void => {
    for (const row of rows) {
      row.hidden = !matches(filter.value, {
        text: row.textContent ?? '',
        cell: (column) => {
          const index = columns.indexOf(column.toLowerCase());
          return index < 0 ? undefined : valueOf(row, index);
        },
      });
      row.classList.toggle('off', !checkbox(row).checked);
    }
    const visible = rows.filter((row) => !row.hidden && checkbox(row).checked).map(indexOf);
    const output = byId('shown');
    if (output !== null) output.textContent = `${visible.length} of ${rows.length} shown`;
    listener.change(visible);
  };
  const check = (chosen: (row: HTMLElement) => boolean): void => {
    for (const row of rows) checkbox(row).checked = chosen(row);
    update();
  };

  filter.addEventListener('input', update);
  byId('all')?.addEventListener('click', () => check(() => true));
  byId('none')?.addEventListener('click', () => check(() => false));
  for (const row of rows) {
    checkbox(row).addEventListener('change', update);
    row.addEventListener('mouseenter', () => listener.point(indexOf(row)));
    row.addEventListener('mouseleave', () => listener.point(undefined));
    row.querySelector('.name')?.addEventListener('click', () => {
      const alone = rows.every((other) => checkbox(other).checked === (other === row));
      check((other) => alone || other === row);
      listener.pick(indexOf(row));
    });
  }
  heads.forEach((head, index) =>
    head.querySelector('button')?.addEventListener('click', () => {
      const descending = head.getAttribute('aria-sort') === 'ascending';
      for (const other of heads) other.setAttribute('aria-sort', other === head ? (descending ? 'descending' : 'ascending') : 'none');
      body?.append(...rows.toSorted((a, b) => compare(valueOf(a, index), valueOf(b, index), descending)));
    }),
  );
  update();
}

/** The exact number of a cell, else its text; the first column holds the checkbox. */
function valueOf(row: HTMLElement, column: number): string {
  const cell = row.children[column + 1] as HTMLElement | undefined;
  return cell?.dataset['value'] ?? cell?.textContent?.trim() ?? '';
}

/** Numbers by size, words by the alphabet; empty cells at the end either way. */
function compare(a: string, b: string, descending: boolean): number {
  if (a === '' || b === '') return Number(a === '') - Number(b === '');
  const [x, y] = [Number(a), Number(b)];
  const order = Number.isNaN(x) || Number.isNaN(y) ? a.localeCompare(b) : x - y;
  return descending ? -order : order;
}
