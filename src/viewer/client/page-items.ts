/** What the keys j and k step through: rows of a list, turns of a trial. */
export function pageItems(): HTMLElement[] {
  const all = [...document.querySelectorAll<HTMLElement>('[data-item]')]
  return all.filter(item => !item.hidden)
}

/** Steps from the item that was stepped to last, or from the top of what is in sight. */
export function stepItem(by: 1 | -1): void {
  const items = pageItems()
  const at = items.findIndex(item => item.classList.contains('current'))
  const inSight = items.findIndex(item => item.getBoundingClientRect().bottom > 60)
  const next = at === -1 ? Math.max(0, inSight) : at + by
  const item = items[Math.min(items.length - 1, Math.max(0, next))]
  if (item !== undefined) goToItem(item)
}

export function goToItem(item: HTMLElement): void {
  for (const other of document.querySelectorAll('.current')) other.classList.remove('current')
  item.classList.add('current')
  item.scrollIntoView({ block: item.tagName === 'TR' ? 'nearest' : 'start' })
  const link = item.querySelector<HTMLElement>('th a, h3 a, h2 a') ?? item.querySelector<HTMLElement>('a')
  if (link !== null) link.focus({ preventScroll: true })
}

export function leaveItems(): void {
  for (const item of document.querySelectorAll('.current')) item.classList.remove('current')
}
