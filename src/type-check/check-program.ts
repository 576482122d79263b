import type ts from 'typescript-5.9'
import { sourceFrame } from '../base/source-frame.ts'
import type { TypeProblem } from '../contracts/script.ts'
import { namedTypes, problemText } from './problem-text.ts'
import { createRelevance } from './relevance.ts'
import { createVirtualHost, DECLARATIONS_FILE, SCRIPT_FILE, type TypeScript } from './virtual-host.ts'

/** On the program's own line, so that lines stay; columns of the first line are moved back. */
const PREFIX = '(async () => {'
const PROBLEMS_MAX = 50

/** Checks programs, each against its declarations. What the checks share, the library above all, is kept. */
export function createProgramCheck(typescript: TypeScript): (source: string, declarations: string) => TypeProblem[] {
  const options = optionsOf(typescript)
  const host = createVirtualHost(typescript, typescript.ScriptTarget.ESNext)
  let last: ts.Program | undefined
  return (source, declarations) => {
    const declarationFile = host.setFile(DECLARATIONS_FILE, declarations)
    const file = host.setFile(SCRIPT_FILE, `${PREFIX}${source}\n})`)
    last = typescript.createProgram([DECLARATIONS_FILE, SCRIPT_FILE], options, host, last)
    // What does not parse is the engine's to report, by its own parser.
    if (last.getSyntacticDiagnostics(file).length > 0) return []
    const checker = last.getTypeChecker()
    const isRelevant = createRelevance({ typescript, checker, file, declarationFile })
    const found = last.getSemanticDiagnostics(file).filter(isRelevant) as ts.DiagnosticWithLocation[]
    const names = found.length === 0 ? [] : namedTypes(typescript, checker, declarationFile)
    return withoutRepeats(found).map(diagnostic => {
      return { ...placeOf(diagnostic, source), message: problemText(typescript, diagnostic, names) }
    })
  }
}

/**
 * Lenient on purpose: what a program can do at run time without harm is not reported. Without strict null checks
 * neither `array[0].x` nor `map.get(key)` as an argument is one; `noImplicitAny` alone lets `const rows = []` grow.
 */
function optionsOf(typescript: TypeScript): ts.CompilerOptions {
  return {
    target: typescript.ScriptTarget.ESNext,
    module: typescript.ModuleKind.ESNext,
    // The engine has more than ES2024 (iterator helpers, methods of sets); none of the DOM.
    lib: ['lib.esnext.d.ts'],
    types: [],
    noResolve: true,
    noEmit: true,
    strict: false,
    noImplicitAny: true,
    skipLibCheck: true,
    skipDefaultLibCheck: true,
    allowUnreachableCode: true,
    allowUnusedLabels: true,
  }
}

/** One mistake is often reported several times at one place. */
function withoutRepeats(found: readonly ts.DiagnosticWithLocation[]): ts.DiagnosticWithLocation[] {
  const sorted = found.toSorted((left, right) => left.start - right.start)
  return sorted.filter((each, index) => each.start !== sorted[index - 1]?.start).slice(0, PROBLEMS_MAX)
}

function placeOf({ code, start }: ts.DiagnosticWithLocation, source: string): Omit<TypeProblem, 'message'> {
  const before = source.slice(0, Math.max(0, start - PREFIX.length))
  const line = before.split('\n').length
  const column = before.length - before.lastIndexOf('\n')
  return { line, column, code, frame: sourceFrame(source, line, column) }
}
