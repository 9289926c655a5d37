const rowsOf = (): HTMLTableRowElement[] => [...document.querySelectorAll<HTMLTableRowElement>('#trials tbody tr')];

/** Shows the rows of these trials alone, or of all. */
export function showTrials(trials: ReadonlySet<number> | undefined): void {
  const rows = rowsOf();
  for (const row of rows) row.hidden = trials !== undefined && !trials.has(Number(row.dataset['trial']));
  const note = document.getElementById('shown');
  if (note !== null) note.textContent = trials === undefined ? '' : `${trials.size} of ${rows.length}, as brushed on the parallel axes`;
}

/** Lets the heads of the columns sort the rows: numbers by size, before texts; cells with nothing in them stay last. */
export function sortable(): void {
  const heads = [...document.querySelectorAll<HTMLElement>('#trials thead th')];
  for (const [column, head] of heads.entries()) {
    head.querySelector('button')?.addEventListener('click', () => {
      const descending = head.getAttribute('aria-sort') === 'ascending';
      for (const other of heads) other.removeAttribute('aria-sort');
      head.setAttribute('aria-sort', descending ? 'descending' : 'ascending');
      const sorted = rowsOf().toSorted((a, b) => compare(keyOf(a, column), keyOf(b, column), descending));
      document.querySelector('#trials tbody')?.append(...sorted);
    });
  }
}

const keyOf = (row: HTMLTableRowElement, column: number): string => row.cells[column]?.dataset['key'] ?? '';

function compare(a: string, b: string, descending: boolean): number {
  if (a === '' || b === '') return Number(a === '') - Number(b === '');
  const [one, other] = [Number(a), Number(b)];
  const order =
    Number.isNaN(one) || Number.isNaN(other) ? Number(Number.isNaN(one)) - Number(Number.isNaN(other)) || a.localeCompare(b) : one - other;
  return descending ? -order : order;
}
