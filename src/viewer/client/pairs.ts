/** Two chosen trials lead to their page side by side. */
export function setUpPairs(): void {
  const button = document.querySelector<HTMLButtonElement>('[data-pair]')
  const list = document.querySelector('table.trials')
  if (button === null || list === null) return
  const chosen = () => [...list.querySelectorAll<HTMLInputElement>('input:checked')].map(box => box.value)

  list.addEventListener('change', () => {
    button.disabled = chosen().length !== 2
    button.textContent = chosen().length > 2 ? 'Choose two' : 'Side by side'
  })
  button.addEventListener('click', () => {
    const [left, right] = chosen().sort()
    if (left !== undefined && right !== undefined) location.assign(`pairs/${left}~${right}.html`)
  })
}
