import type { Node } from 'web-tree-sitter'
import { bashParser } from '../shell-command/bash-grammar.ts'

const NODES = new Set([
  ...['program', 'list', 'pipeline', 'command', 'command_name'],
  ...['word', 'string', 'string_content', 'raw_string', 'number'],
])
const TOKENS = new Set(['&&', '||', ';', '|', '"', "'"])

/**
 * The commands of a `bash -lc` or `zsh -lc` script made of nothing but plain or quoted words joined by `&&`, `||`, `;`,
 * `|` and line ends; absent for anything else (redirects, substitutions, variables, groups, assignments, comments).
 */
export async function plainCommands(command: readonly string[]): Promise<string[][] | undefined> {
  const script = loginShellScript(command)
  if (script === undefined) return undefined
  const tree = (await bashParser()).parse(script)
  if (!tree) return undefined
  try {
    return wordsOfCommands(tree.rootNode)
  } finally {
    tree.delete()
  }
}

/** The script of `bash -lc S` or `zsh -lc S`; a shell that is named with its folder is not looked into. */
function loginShellScript(command: readonly string[]): string | undefined {
  const [shell, flag, script] = command
  return command.length === 3 && flag === '-lc' && (shell === 'bash' || shell === 'zsh') ? script : undefined
}

function wordsOfCommands(program: Node): string[][] | undefined {
  if (program.hasError) return undefined
  const commands: Node[] = []
  const open = [program]
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (!(node.isNamed ? NODES.has(node.type) : TOKENS.has(node.type) || node.type.trim() === '')) return undefined
    if (node.type === 'command') commands.push(node)
    open.push(...node.children.filter(child => child !== null))
  }
  const words = commands.sort((left, right) => left.startIndex - right.startIndex).map(wordsOf)
  return words.some(one => one === undefined) ? undefined : (words as string[][])
}

function wordsOf(command: Node): string[] | undefined {
  const words = command.namedChildren.map(child => (child ? wordText(child) : undefined))
  return words.some(word => word === undefined) ? undefined : (words as string[])
}

/** The value of a word; escapes stay as they are written. */
function wordText(node: Node): string | undefined {
  switch (node.type) {
    case 'command_name': {
      const name = node.namedChild(0)
      return name?.type === 'word' ? name.text : undefined
    }
    case 'word':
    case 'number':
      return node.text
    case 'string':
      return node.childCount === 3 && node.child(1)?.type === 'string_content' ? node.child(1)?.text : undefined
    case 'raw_string':
      return /^'([\s\S]*)'$/.exec(node.text)?.[1]
    default:
      return undefined
  }
}
