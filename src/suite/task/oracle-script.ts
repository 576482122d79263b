import { defined } from '../../base/defined.ts'
import { patchSection, patchText } from './patch-text.ts'

/** What happens to one file: absent means that there is none. */
export interface FileChange {
  path: string
  before?: Uint8Array
  after?: Uint8Array
  /** Set where the execute bit changes, or a new file has one. */
  isExecutable?: boolean
}

/** A command line argument must stay well below the system's limit of 128 KiB. */
const FILE_BYTES_MAX = 90_000

/**
 * The oracle's script that makes these changes: one patch, and a small program for each file that a patch cannot
 * express byte for byte. Returns the path that is too large for that instead of a script.
 */
export function oracleScript(changes: readonly FileChange[]): { script: string } | { tooLarge: string } {
  const sections: string[] = []
  const commands: string[][] = []
  for (const change of changes) {
    const section = sectionOf(change)
    if (section !== undefined) sections.push(section)
    else if (change.after === undefined) commands.push(removeCommand(change.path))
    else if (change.after.length > FILE_BYTES_MAX) return { tooLarge: change.path }
    else if (!isSame(change)) commands.push(writeCommand(change.path, change.after))
    if (change.isExecutable !== undefined) commands.push(['chmod', change.isExecutable ? '+x' : '-x', change.path])
  }
  const calls = commands.map(command => `await run(${JSON.stringify(command)})\n`)
  const patch =
    sections.length > 0 ? `await tools.applyPatch({\n  patch: ${templateLiteral(patchText(sections))},\n})\n` : ''
  return { script: patch + (calls.length > 0 ? RUN : '') + calls.join('') }
}

const RUN = `async function run(command: string[]) {
  const { exitCode, stderr } = await tools.exec({ command })
  if (exitCode !== 0) throw new Error(stderr)
}
`

function sectionOf({ path, before, after }: FileChange): string | undefined {
  const oldText = before && textOf(before)
  const newText = after && textOf(after)
  if ((before && oldText === undefined) || (after && newText === undefined)) return undefined
  return patchSection(defined({ path, before: oldText, after: newText }))
}

function isSame({ before, after }: FileChange): boolean {
  return before !== undefined && after !== undefined && Buffer.compare(before, after) === 0
}

function textOf(bytes: Uint8Array): string | undefined {
  if (bytes.includes(0)) return undefined
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}

function writeCommand(path: string, content: Uint8Array): string[] {
  const program = [
    'const fs = require("node:fs"), path = require("node:path")',
    'const [file, content] = process.argv.slice(1)',
    'fs.mkdirSync(path.dirname(file), { recursive: true })',
    'fs.writeFileSync(file, Buffer.from(content, "base64"))',
  ].join('; ')
  return ['node', '-e', program, '--', path, Buffer.from(content).toString('base64')]
}

function removeCommand(path: string): string[] {
  return ['rm', '-f', '--', path]
}

function templateLiteral(text: string): string {
  return `\`${text.replace(/[\\`]|\$\{/g, match => `\\${match}`)}\``
}
