/** Which release of Codex a patch is read and applied as. */
export type PatchProfile = '0.169' | '0.55'

export interface ChunkLine {
  kind: 'context' | 'added' | 'removed'
  text: string
}

/** One `@@` section of an update. */
export interface PatchChunk {
  /** The text after `@@ `: a line somewhere before the chunk. */
  context?: string
  lines: ChunkLine[]
  isEndOfFile: boolean
}

export interface AddOperation {
  kind: 'add'
  path: string
  content: string
}

interface DeleteOperation {
  kind: 'delete'
  path: string
}

export interface UpdateOperation {
  kind: 'update'
  path: string
  movePath?: string
  chunks: PatchChunk[]
}

/** Paths as spelled in the patch. */
export type PatchOperation = AddOperation | DeleteOperation | UpdateOperation

export interface ParsedPatch {
  operations: PatchOperation[]
  environmentId?: string
}

/** `line` counts from the Begin line = 1; absent when the patch as a whole is refused. */
export interface PatchParseError {
  message: string
  line?: number
}

/** The lines a chunk expects to find. */
export function oldLines(chunk: PatchChunk): string[] {
  return chunk.lines.filter(line => line.kind !== 'added').map(line => line.text)
}

/** The lines that are there afterwards. */
export function newLines(chunk: PatchChunk): string[] {
  return chunk.lines.filter(line => line.kind !== 'removed').map(line => line.text)
}
