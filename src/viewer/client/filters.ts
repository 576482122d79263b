/** Search, filters and order of the page's list; what is chosen is in the address. */
export function setUpFilters(): () => void {
  const table = document.querySelector<HTMLTableElement>('table[data-list]')
  const bar = document.querySelector<HTMLElement>('.filters')
  if (table === null || bar === null) return () => undefined
  bar.hidden = false
  const search = bar.querySelector<HTMLInputElement>('[data-search]')
  const choices = [...bar.querySelectorAll<HTMLSelectElement>('[data-filter]')]
  restoreChoices(search, choices)

  const apply = (): void => {
    const words = (search?.value ?? '')
      .toLowerCase()
      .split(/\s+/)
      .filter(word => word !== '')
    const wanted = choices.filter(choice => choice.value !== '')
    const rows = [...(table.tBodies[0]?.rows ?? [])]
    let shown = 0
    for (const row of rows) {
      const isWanted = wanted.every(choice => row.dataset[choice.dataset.filter ?? ''] === choice.value)
      const isFound = words.length === 0 || hasWords(row, words)
      row.hidden = !(isWanted && isFound)
      if (!row.hidden) shown++
    }
    const count = bar.querySelector<HTMLElement>('[data-count]')
    if (count !== null) count.textContent = shown === rows.length ? `${rows.length}` : `${shown} of ${rows.length}`
    const none = document.querySelector<HTMLElement>('[data-none]')
    if (none !== null) none.hidden = shown > 0
    keepChoices(search, choices)
  }

  bar.addEventListener('input', apply)
  const sortAgain = setUpSorting(table)
  const again = () => {
    sortAgain()
    apply()
  }
  again()
  return again
}

function hasWords(row: HTMLTableRowElement, words: readonly string[]): boolean {
  const text = row.textContent.toLowerCase()
  return words.every(word => text.includes(word))
}

function setUpSorting(table: HTMLTableElement): () => void {
  const buttons = [...table.querySelectorAll<HTMLButtonElement>('[data-sort]')]
  let sorted: { button: HTMLButtonElement; isDown: boolean } | undefined

  const sort = (): void => {
    const body = table.tBodies[0]
    if (sorted === undefined || body === undefined) return
    const { button, isDown } = sorted
    const head = button.closest('th') as HTMLTableCellElement
    const column = head.cellIndex
    const isNumber = button.dataset.sort === 'number'
    const keyed = [...body.rows].map(row => ({ row, key: sortKey(row.cells[column], isNumber) }))
    keyed.sort((left, right) => compareKeys(left.key, right.key, isDown))
    body.append(...keyed.map(({ row }) => row))
    for (const other of buttons) other.closest('th')?.removeAttribute('aria-sort')
    head.setAttribute('aria-sort', isDown ? 'descending' : 'ascending')
  }

  for (const button of buttons)
    button.addEventListener('click', () => {
      sorted = { button, isDown: sorted?.button === button && !sorted.isDown }
      sort()
    })
  return sort
}

type SortKey = number | string | undefined

function sortKey(cell: HTMLTableCellElement | undefined, isNumber: boolean): SortKey {
  if (cell === undefined) return undefined
  if (!isNumber) return cell.textContent.toLowerCase()
  const value = Number(cell.dataset.value ?? cell.textContent)
  return Number.isNaN(value) || cell.textContent.trim() === '' ? undefined : value
}

/** What is not known stays last, whichever way. */
function compareKeys(left: SortKey, right: SortKey, isDown: boolean): number {
  if (left === undefined || right === undefined) return Number(left === undefined) - Number(right === undefined)
  const order = left < right ? -1 : left > right ? 1 : 0
  return isDown ? -order : order
}

function restoreChoices(search: HTMLInputElement | null, choices: readonly HTMLSelectElement[]): void {
  const asked = new URLSearchParams(location.search)
  if (search !== null) search.value = asked.get('q') ?? ''
  for (const choice of choices) choice.value = asked.get(choice.dataset.filter ?? '') ?? ''
  for (const choice of choices) if (choice.selectedIndex === -1) choice.value = ''
}

function keepChoices(search: HTMLInputElement | null, choices: readonly HTMLSelectElement[]): void {
  const asked = new URLSearchParams()
  if (search !== null && search.value !== '') asked.set('q', search.value)
  for (const choice of choices) if (choice.value !== '') asked.set(choice.dataset.filter ?? '', choice.value)
  const query = asked.size === 0 ? '' : `?${asked}`
  if (query === location.search) return
  try {
    history.replaceState(null, '', location.pathname + query + location.hash)
  } catch {
    // Pages opened from a disk cannot change their address.
  }
}
