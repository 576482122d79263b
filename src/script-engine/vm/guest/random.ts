/** Replaces `Math.random` by sfc32 (Doty-Humphrey, PractRand); the returned function seeds it. Runs inside the guest. */
export function guestRandom(): (words: readonly [number, number, number, number]) => void {
  let [a, b, c, d] = [1, 2, 3, 4]
  Object.defineProperty(Math, 'random', {
    writable: true,
    configurable: true,
    value: function random() {
      const sum = (((a + b) | 0) + d) | 0
      d = (d + 1) | 0
      a = b ^ (b >>> 9)
      b = (c + (c << 3)) | 0
      c = (c << 21) | (c >>> 11)
      c = (c + sum) | 0
      return (sum >>> 0) / 4294967296
    },
  })
  return words => {
    a = words[0]
    b = words[1]
    c = words[2]
    d = words[3]
  }
}
