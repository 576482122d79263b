import { seededRandom } from '../../../../src/base/random.ts'
import { COLUMN_EXCEPTIONS, FAILING_CONSTRUCTS, type FailingConstruct } from './failing-constructs.ts'
import { HOLDERS, LINES, PREFIXES, SUFFIXES } from './surroundings.ts'

export interface PositionCase {
  source: string
  construct: FailingConstruct
}

/** Every so many cases, one is of a construct whose column is an exception. */
const EXCEPTION_EVERY = 60

/** Failing programs, the same for the same seed: every construct in turn, all else drawn. */
export function generateCases(count: number, seed: string): PositionCase[] {
  const random = seededRandom(seed)
  const draw = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)] as T
  return Array.from({ length: count }, (_, index) => {
    const isException = index % EXCEPTION_EVERY === EXCEPTION_EVERY - 1
    const construct = isException
      ? draw(COLUMN_EXCEPTIONS)
      : (FAILING_CONSTRUCTS[index % FAILING_CONSTRUCTS.length] as FailingConstruct)
    const holder = draw(HOLDERS.filter(each => each.isAsync === true || construct.isAsync !== true))
    const suffix = construct.isTail === true ? draw(['', ' /* after */']) : draw(SUFFIXES)
    const start = /^[([]/.test(construct.text) ? ';' : ''
    const held = holder.text.replace('%', () => `${draw(PREFIXES)}${start}${construct.text}${suffix}`)
    const before = new Set(Array.from({ length: Math.floor(random() * 5) }, () => draw(LINES)))
    const after = random() < 0.5 ? [] : ['// last', 'type Last = string']
    const source = [...before, held, ...after].join('\n')
    return { source: random() < 0.2 ? source.replaceAll('\n', '\r\n') : source, construct }
  })
}
