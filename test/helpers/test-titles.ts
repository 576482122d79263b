import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import ts from 'typescript-5.9'

/**
 * The full names (`describe` titles and the test's own) of all tests in a folder, those of the contract suites they run
 * included, without running anything. Values filled into a title are `%s`.
 */
export function testTitles(folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.test.ts'))
  const sources = new Set(files.map(file => join(folder, file)))
  for (const file of [...sources]) for (const suite of contractsOf(file)) sources.add(suite)
  return [...sources].flatMap(titlesIn)
}

function contractsOf(file: string): string[] {
  const imports = readFileSync(file, 'utf8').matchAll(/from '(\.[^']*\/contract\/[^']+)'/g)
  return [...imports].map(([, path = '']) => join(dirname(file), path)).filter(path => statSync(path).isFile())
}

function titlesIn(file: string): string[] {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest)
  const titles: string[] = []
  const visit = (node: ts.Node, prefix: string) => {
    const kind = ts.isCallExpression(node) ? calleeName(node) : undefined
    const title = kind === undefined ? undefined : titleOf((node as ts.CallExpression).arguments[0])
    const name = title === undefined ? prefix : `${prefix} ${title}`.trim()
    if (kind === 'test' && title !== undefined) titles.push(name)
    ts.forEachChild(node, child => visit(child, kind === 'describe' ? name : prefix))
  }
  visit(source, '')
  return titles
}

/** `test` of `test(…)` and of `test.each(…)(…)`. */
function calleeName({ expression }: ts.CallExpression): 'test' | 'describe' | undefined {
  let callee: ts.Node = expression
  while (ts.isCallExpression(callee) || ts.isPropertyAccessExpression(callee)) callee = callee.expression
  if (!ts.isIdentifier(callee)) return undefined
  return callee.text === 'test' || callee.text === 'describe' ? callee.text : undefined
}

function titleOf(argument: ts.Expression | undefined): string | undefined {
  if (argument === undefined) return undefined
  if (ts.isStringLiteralLike(argument)) return argument.text
  if (!ts.isTemplateExpression(argument)) return undefined
  return argument.head.text + argument.templateSpans.map(span => `%s${span.literal.text}`).join('')
}
