import { readFile } from 'node:fs/promises'
import { sha256 } from '../../base/digest.ts'
import type { Port } from '../port/port.ts'
import type { PortTool } from '../port/port-protocol.ts'
import { readPortSpec } from '../port/port-spec.ts'
import { codeLines } from './code-lines.ts'
import { importedFiles } from './imported-files.ts'

/** What a tool of a port is written in. */
export interface ToolSource {
  files: string[]
  /** With code on them: neither blank nor comment alone. */
  lines: number
  /** Equal for equal files, wherever they lie. */
  digest: string
}

/**
 * The source of each tool of a port: the file that its function comes from, and all local files that it loads. For a
 * command, the source files that it names.
 */
export async function toolSources(
  port: Port,
  text: string,
): Promise<(tool: PortTool) => Promise<ToolSource | undefined>> {
  const spec = readPortSpec(text)
  if (spec.kind === 'command') return () => sourceOf(spec.words)
  const starts = (await port.locate?.(spec.profile ?? '0.169')) ?? {}
  return async tool => {
    const own = tool === 'applyPatch' ? [starts.applyPatch, starts.applyPatchProgram] : [starts[tool]]
    return sourceOf(own.filter(file => file !== undefined))
  }
}

/** Words of a command that are not source files do not count. */
async function sourceOf(starts: readonly string[]): Promise<ToolSource | undefined> {
  const files = new Set((await Promise.all(starts.map(importedFiles))).flat())
  const known: { file: string; lines: number; digest: string }[] = []
  for (const file of [...files].sort()) {
    const text = await readFile(file, 'utf8').catch(() => undefined)
    const lines = text === undefined ? undefined : codeLines(file, text)
    if (text !== undefined && lines !== undefined) known.push({ file, lines, digest: sha256(text) })
  }
  if (known.length === 0) return undefined
  return {
    files: known.map(({ file }) => file),
    lines: known.reduce((sum, { lines }) => sum + lines, 0),
    digest: sha256(
      known
        .map(({ digest }) => digest)
        .sort()
        .join('\n'),
    ),
  }
}
