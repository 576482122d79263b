import type { Node } from 'web-tree-sitter'

/** A patch given to `apply_patch` through a heredoc, and the folder of the `cd` before it, as written. */
export interface HeredocPatch {
  patch: string
  cwd?: string
}

/**
 * Finds `apply_patch <<X … X`, alone or after `cd DIR &&`, where that is the whole script. What surrounds the named
 * nodes (assignments, `&`, a lone `-`) is not looked at, as upstream's tree query does not either.
 */
export function findHeredocPatch(program: Node): HeredocPatch | undefined {
  const [statement, ...others] = program.namedChildren
  if (statement?.type !== 'redirected_statement') return undefined
  if (others.length > 0 && !isFollowedByToken(statement, program)) return undefined
  const [redirect, ...more] = statement.childrenForFieldName('redirect')
  const patch = more.length > 0 ? undefined : heredocText(redirect)
  const body = statement.childForFieldName('body')
  if (patch === undefined || !body) return undefined
  if (body.type === 'command') {
    const name = body.childForFieldName('name')
    return isApplyPatch(body) && body.lastNamedChild?.id === name?.id ? { patch } : undefined
  }
  const cwd = body.type === 'list' ? changedFolder(body) : undefined
  return cwd === undefined ? undefined : { patch, cwd }
}

/**
 * Whether a `;` or `&` directly follows a statement, also one that the parser made up. In upstream's version of
 * tree queries it hides whatever follows, so that the statement counts as the last one; a line break does not.
 */
function isFollowedByToken(statement: Node, { children }: Node): boolean {
  const next = children[children.findIndex(child => child?.id === statement.id) + 1]
  return next?.isNamed === false
}

/** The body of a heredoc with nothing between its delimiters' nodes; never expanded. */
function heredocText(redirect: Node | null | undefined): string | undefined {
  if (redirect?.type !== 'heredoc_redirect') return undefined
  const [start, body, end, ...others] = redirect.namedChildren
  const isBare = start?.type === 'heredoc_start' && body?.type === 'heredoc_body' && end?.type === 'heredoc_end'
  return isBare && others.length === 0 ? body.text.replace(/\n+$/, '') : undefined
}

/** DIR of `cd DIR && apply_patch`: one word or one quoted text. */
function changedFolder(list: Node): string | undefined {
  const [change, apply, ...others] = list.namedChildren
  const isJoined = list.children.some(child => child?.type === '&&')
  if (!change || !apply || others.length > 0 || !isJoined || !isApplyPatch(apply) || commandName(change) !== 'cd') {
    return undefined
  }
  const name = change.childForFieldName('name')
  const argument = name?.nextNamedSibling
  if (!argument || change.lastNamedChild?.id !== argument.id) return undefined
  if (argument.type === 'word') return argument.text
  if (argument.type === 'raw_string') return argument.text.replace(/^'([\s\S]*)'$/, '$1')
  if (argument.type !== 'string') return undefined
  return argument.namedChildren.find(child => child?.type === 'string_content')?.text
}

function isApplyPatch(command: Node): boolean {
  const name = commandName(command)
  return name === 'apply_patch' || name === 'applypatch'
}

/** The name of a command that is a plain word. */
function commandName(command: Node): string | undefined {
  if (command.type !== 'command') return undefined
  return command.childForFieldName('name')?.namedChildren.find(child => child?.type === 'word')?.text
}
