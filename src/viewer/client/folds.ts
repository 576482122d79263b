/** Opens what a link leads into, so that a line or a call inside a closed part is seen. */
export function setUpFolds(): void {
  addEventListener('hashchange', openTarget)
  openTarget()
}

function openTarget(): void {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)))
  if (target === null) return
  if (target instanceof HTMLDetailsElement) target.open = true
  for (let part = target.closest('details'); part !== null; part = part.parentElement?.closest('details') ?? null)
    part.open = true
  target.scrollIntoView({ block: target.classList.contains('line') ? 'center' : 'start' })
}

/** Opens all parts of the item stepped to, or of the whole page; closes them where all are open. */
export function toggleFolds(): void {
  const within = document.querySelector('.current') ?? document.querySelector('main')
  const parts = [...(within?.querySelectorAll('details') ?? [])]
  const isOpening = parts.some(part => !part.open)
  for (const part of parts) part.open = isOpening
}
