import { toggleFolds } from './folds.ts'
import { leaveItems, stepItem } from './page-items.ts'

const KEYS: readonly (readonly [key: string, does: string])[] = [
  ['j', 'next row or turn'],
  ['k', 'the one before'],
  ['Enter', 'open it'],
  ['/', 'search'],
  ['e', 'open or close all parts of the turn, or of the page'],
  ['n', 'next trial'],
  ['p', 'previous trial'],
  ['u', 'up: to the run, to the list'],
  ['?', 'these keys'],
  ['Esc', 'leave the search, this window, or the row'],
]

/** The keys, and the window that names them. */
export function setUpKeyboard(): void {
  const help = helpWindow()
  const button = document.getElementById('help-button')
  if (button !== null) {
    button.hidden = false
    button.addEventListener('click', () => help.showModal())
  }
  addEventListener('keydown', event => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || help.open) return
    if (event.key === 'Escape') return leave()
    if (isTyping(event.target)) return
    if (act(event.key, help)) event.preventDefault()
  })
}

/** Whether the key means something here. */
function act(key: string, help: HTMLDialogElement): boolean {
  if (key === 'j') stepItem(1)
  else if (key === 'k') stepItem(-1)
  else if (key === 'e') toggleFolds()
  else if (key === '?') help.showModal()
  else if (key === '/') return focusSearch()
  else if (key === 'n') return follow('a[rel=next]')
  else if (key === 'p') return follow('a[rel=prev]')
  else if (key === 'u') return follow('.crumbs li:nth-last-child(2) a')
  else return false
  return true
}

function focusSearch(): boolean {
  const search = document.querySelector<HTMLInputElement>('[data-search]')
  search?.focus()
  search?.select()
  return search !== null
}

function follow(selector: string): boolean {
  const link = document.querySelector<HTMLAnchorElement>(selector)
  link?.click()
  return link !== null
}

function leave(): void {
  leaveItems()
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
}

function isTyping(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) return target.type !== 'checkbox'
  return target instanceof HTMLSelectElement || target instanceof HTMLTextAreaElement
}

function helpWindow(): HTMLDialogElement {
  const dialog = document.createElement('dialog')
  dialog.id = 'help'
  dialog.setAttribute('aria-labelledby', 'help-title')
  const title = document.createElement('h2')
  title.id = 'help-title'
  title.textContent = 'Keys'
  const list = document.createElement('dl')
  for (const [key, does] of KEYS) {
    const name = document.createElement('dt')
    const keyboard = document.createElement('kbd')
    keyboard.textContent = key
    name.append(keyboard)
    const meaning = document.createElement('dd')
    meaning.textContent = does
    list.append(name, meaning)
  }
  const close = document.createElement('button')
  close.type = 'button'
  close.textContent = 'Close'
  close.addEventListener('click', () => dialog.close())
  dialog.append(title, list, close)
  document.body.append(dialog)
  return dialog
}
