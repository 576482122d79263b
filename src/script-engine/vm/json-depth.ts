/** How deep values that cross the bridge can nest: JSON.stringify fails for a caller on much deeper ones. */
export const JSON_DEPTH_MAX = 500

const [QUOTE, BACKSLASH, ARRAY_START, ARRAY_END, OBJECT_START, OBJECT_END] = [34, 92, 91, 93, 123, 125]

/** Whether a JSON text nests deeper than `levelsMax`. */
export function isNestedDeeper(json: string, levelsMax: number): boolean {
  if (json.length <= 2 * levelsMax) return false
  let level = 0
  for (let index = 0; index < json.length; index++) {
    const code = json.charCodeAt(index)
    if (code === QUOTE) index = stringEnd(json, index)
    else if (code === ARRAY_START || code === OBJECT_START) {
      level += 1
      if (level > levelsMax) return true
    } else if (code === ARRAY_END || code === OBJECT_END) level -= 1
  }
  return false
}

/** The index of the quote that ends the string begun at `start`. */
function stringEnd(json: string, start: number): number {
  let end = start
  do {
    end = json.indexOf('"', end + 1)
    if (end < 0) return json.length
  } while (isEscaped(json, end))
  return end
}

function isEscaped(json: string, index: number): boolean {
  let backslashes = 0
  while (json.charCodeAt(index - 1 - backslashes) === BACKSLASH) backslashes += 1
  return backslashes % 2 === 1
}
