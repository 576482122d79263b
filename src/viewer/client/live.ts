interface PagePatch {
  id: string
  html: string
  isElement?: true
}

/** Keeps the page up to date until the server says that nothing will change any more. */
export function setUpLive(afterPatch: () => void): void {
  const from = document.body.dataset.live
  if (from === undefined) return
  const source = new EventSource(from)
  const state = document.getElementById('live-state')
  const say = (text: string) => {
    if (state !== null && state.textContent !== text) state.textContent = text
  }
  source.addEventListener('open', () => say('live'))
  source.addEventListener('error', () => say('connection lost; trying again'))
  source.addEventListener('patch', (event: MessageEvent<string>) => {
    for (const patch of JSON.parse(event.data) as PagePatch[]) applyPatch(patch)
    afterPatch()
  })
  source.addEventListener('end', () => {
    source.close()
    say('')
  })
}

/** The markup is the server's own, in which all foreign text is escaped; the page's policy runs no script in it. */
function applyPatch({ id, html, isElement }: PagePatch): void {
  const old = document.getElementById(id)
  if (!isElement) {
    if (old !== null && old.innerHTML !== html) old.innerHTML = html
    return
  }
  const template = document.createElement('template')
  template.innerHTML = html
  const fresh = template.content.firstElementChild
  if (fresh === null) return
  if (old === null) document.querySelector('table[data-list] tbody')?.append(fresh)
  else keepState(old, fresh)
}

/** What the reader did to a row outlives its change. */
function keepState(old: Element, fresh: Element): void {
  if (old.classList.contains('current')) fresh.classList.add('current')
  const box = fresh.querySelector<HTMLInputElement>('input')
  if (box !== null) box.checked = old.querySelector<HTMLInputElement>('input')?.checked === true
  const hadFocus = old.contains(document.activeElement)
  old.replaceWith(fresh)
  if (hadFocus) fresh.querySelector<HTMLElement>('a')?.focus({ preventScroll: true })
}
