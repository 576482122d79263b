import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { stripTypes } from '../../script-engine/strip-types.ts'
import { PACKAGE_DIR } from '../../suite/package-folder.ts'

/** JavaScript of this package to measure: in a checkout, Node would strip the types of every file at each start. */
export interface BuiltCopy extends AsyncDisposable {
  /** A file of the package's source, such as `bench/engine/row-process-main`, as it is to be started. */
  file(source: string): string
}

const SPECIFIER = /(from\s+'|import\(\s*'|new URL\(\s*'|import\s+')(\.{1,2}\/[^']+)\.ts'/g

/** A published package is JavaScript already; of a checkout a stripped copy is made that lives as long as it is used. */
export async function createBuiltCopy(): Promise<BuiltCopy> {
  const source = join(import.meta.dirname, '..', '..')
  if (import.meta.filename.endsWith('.js')) {
    return { file: path => join(source, `${path}.js`), [Symbol.asyncDispose]: async () => undefined }
  }
  const dir = await mkdtemp(join(tmpdir(), 'scriptbench-built-'))
  await copyFile(join(PACKAGE_DIR, 'package.json'), join(dir, 'package.json'))
  await symlink(join(PACKAGE_DIR, 'node_modules'), join(dir, 'node_modules'), 'junction')
  for (const path of await readdir(source, { recursive: true })) {
    if (path.endsWith('.ts') && !path.endsWith('.d.ts')) await stripFile(join(source, path), join(dir, 'dist', path))
  }
  return {
    file: path => join(dir, 'dist', `${path}.js`),
    [Symbol.asyncDispose]: () => rm(dir, { recursive: true, force: true }),
  }
}

async function stripFile(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true })
  const stripped = stripTypes(await readFile(from, 'utf8'))
  if (!stripped.ok) throw new Error(`${from}: ${stripped.message}`)
  await writeFile(
    to.replace(/\.ts$/, '.js'),
    stripped.code.replace(SPECIFIER, (_, before, path) => `${before}${path}.js'`),
  )
}
