const PAGE_BYTES = 4096
/** How far below its top the C stack is wiped; the guest's own limit is at most half of this. */
const STACK_WIPE_BYTES = 1024 * 1024

export interface MemoryImage {
  /** Makes the whole memory what it was; false when it has grown and cannot be restored. */
  restore(): boolean
}

interface Run {
  offset: number
  bytes: Uint8Array
}

interface ImageSource {
  memory: WebAssembly.Memory
  /** Where the C stack begins, growing downwards; the heap lies above it. */
  stackTop: number
  /** The first address the allocator has never handed out. */
  heapEnd(): number
}

function runsOf(memory: WebAssembly.Memory): Run[] {
  const runs: Run[] = []
  const { buffer } = memory
  const blank = Buffer.alloc(PAGE_BYTES)
  let start: number | undefined
  for (let offset = 0; offset <= buffer.byteLength; offset += PAGE_BYTES) {
    const isBlank = offset === buffer.byteLength || blank.equals(new Uint8Array(buffer, offset, PAGE_BYTES))
    if (isBlank && start !== undefined) {
      runs.push({ offset: start, bytes: new Uint8Array(buffer.slice(start, offset)) })
      start = undefined
    } else if (!isBlank) start ??= offset
  }
  return runs
}

/**
 * Remembers a memory's pages that are not blank, so that all of it can be restored in a fraction of a millisecond:
 * those pages are copied back and whatever a script can have touched between and above them is wiped.
 */
export function createMemoryImage(source: ImageSource): MemoryImage {
  const { memory, stackTop, heapEnd } = source
  const sizeBytes = memory.buffer.byteLength
  const runs = runsOf(memory)
  const stackFloor = Math.max(0, stackTop - STACK_WIPE_BYTES)
  return {
    restore: () => {
      if (memory.buffer.byteLength !== sizeBytes) return false
      // Read first: the variable is a part of what is restored.
      const end = heapEnd()
      const bytes = new Uint8Array(memory.buffer)
      let wiped = 0
      const wipeTo = (end: number) => {
        // The gap below the heap is the C stack, of which only the upper part is ever used.
        if (wiped < stackFloor && end > stackFloor) bytes.fill(0, Math.max(wiped, stackFloor), end)
        else bytes.fill(0, wiped, end)
      }
      for (const run of runs) {
        wipeTo(run.offset)
        bytes.set(run.bytes, run.offset)
        wiped = run.offset + run.bytes.length
      }
      if (end > wiped) bytes.fill(0, wiped, end)
      return true
    },
  }
}
