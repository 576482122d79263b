import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { declareTools } from '../../src/script-engine/declarations/declare-tools.ts'
import { createTools } from '../../src/tools/create-tools.ts'
import { definitionOf } from '../../src/tools/toolbox/tool-definition.ts'

export interface Script {
  name: string
  source: string
}

const ROOT = join(import.meta.dirname, '../..')

export const DEFINITIONS = createTools().map(definitionOf)
/** What a model is shown of the six tools. */
export const DECLARATIONS = declareTools(DEFINITIONS)

function read(pattern: string): Script[] {
  const files = globSync(pattern, { cwd: ROOT }).sort()
  return files.map(file => ({ name: file, source: readFileSync(join(ROOT, file), 'utf8') }))
}

/** Programs as models write them; each runs without failing. */
export const WRITTEN = read('fixtures/type-check/*.ts').map(script => ({
  ...script,
  name: basename(script.name, '.ts'),
}))

/** Every program in the repository that is right: these, the solutions of the tasks, and what the documents show. */
export function validScripts(): Script[] {
  const pages = ['README.md', ...globSync('docs/*.md', { cwd: ROOT })].map(file => join(ROOT, file))
  const shown = pages.flatMap(file => {
    const blocks = [...readFileSync(file, 'utf8').matchAll(/```(?:ts|typescript)\n([\s\S]*?)```/g)]
    const sources = blocks.map(block => block[1] as string)
    const programs = sources.filter(
      source => /\bawait tools\./.test(source) && !/^(import|declare|export) /m.test(source),
    )
    return programs.map((source, index) => ({ name: `${basename(file)} ${index + 1}`, source }))
  })
  return [...WRITTEN, ...read('fixtures/tasks/**/solution/*.ts'), ...read('docs/examples/count-lines.ts'), ...shown]
}

/** One mistake each, as models make them: what to look for and what to write instead. */
const MISTAKES: Record<string, [RegExp, string][]> = {
  'a property no result has': [
    [/(?<=\b(?:file|run|result|listing|r|f|e|entry)\.)(text|stdout|exitCode|entries|kind|endLine)\b/g, 'content'],
    [/(?<=const \{ )(text|entries|paths|stdout|files|modified)(?= \} = await tools)/g, 'data: $1'],
    [/(?<=await tools\.\w+\([^()]*\)\)\.)(text|stdout|paths|entries)\b/g, 'output'],
  ],
  'an argument of another name': [
    [/(?<=tools\.(?:readFile|listDir)\(\{ )(filePath|dirPath)(?=:)/g, 'path'],
    [/(?<=tools\.\w+\(\{ )(command|pattern|patch)(?=:)/g, '$1Text'],
  ],
  'no arguments': [[/(?<=tools\.(?:readFile|exec|listDir|grepFiles)\()\{ [^{}]*\}(?=\))/g, '{}']],
  'an argument of another type': [
    [/(?<=\b(?:limit|depth|offset): )\d+/g, "'$&'"],
    [/(?<=command: )\[[^[\]]*\](?= \})/g, "'npm test'"],
    [/(?<=filePath: )'[^']*'/g, '7'],
  ],
  'a bare argument': [[/(?<=tools\.readFile\()\{ filePath: ('[^']*'|\w+) \}(?=\))/g, '$1']],
  'a tool that is not there': [[/(?<=await tools\.)(readFile|exec|listDir|grepFiles|fileSearch)(?=\()/g, '$1s']],
  'no await': [[/(?<=(?:const \{ \w+ \} = |\())await (?=tools\.)/g, '']],
  'a value that never comes': [[/(?<=\bkind === )'(directory|file)'/g, "'folder'"]],
  'an unknown context': [[/(?<=context\.)(workingDirectory|conversationId)\b/g, 'cwd']],
}

/** The scripts with one mistake each. */
export function mistakenScripts(scripts: readonly Script[]): Script[] {
  return scripts.flatMap(({ name, source }) =>
    Object.entries(MISTAKES).flatMap(([mistake, changes]) =>
      changes.flatMap(([pattern, instead]) =>
        [...source.matchAll(pattern)].map(match => {
          const written = instead.replace('$&', match[0]).replace('$1', match[1] ?? '')
          const rest = source.slice(match.index + match[0].length)
          return { name: `${name}: ${mistake}`, source: source.slice(0, match.index) + written + rest }
        }),
      ),
    ),
  )
}
