import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { stripTypes } from '../../src/script-engine/source/strip-types.ts'
import { PACKAGE_DIR } from '../../src/suite/package-folder.ts'

/** JavaScript of this package to measure: in a checkout, Node would strip the types of every file at each start. */
export interface BuiltCopy extends AsyncDisposable {
  /** A source file of the repository, such as `bench/engine/row-process-main`, as it is to be started. */
  file(source: string): string
}

const SPECIFIER = /(from\s+'|import\(\s*'|new URL\(\s*'|import\s+')(\.{1,2}\/[^']+)\.ts'/g

/** A copy without types of `src` and `bench` that lives as long as it is used. */
export async function createBuiltCopy(): Promise<BuiltCopy> {
  const dir = await mkdtemp(join(tmpdir(), 'scriptbench-built-'))
  await copyFile(join(PACKAGE_DIR, 'package.json'), join(dir, 'package.json'))
  await symlink(join(PACKAGE_DIR, 'node_modules'), join(dir, 'node_modules'), 'junction')
  for (const folder of ['src', 'bench']) {
    for (const path of await readdir(join(PACKAGE_DIR, folder), { recursive: true })) {
      if (!path.endsWith('.ts') || path.endsWith('.d.ts')) continue
      await stripFile(join(PACKAGE_DIR, folder, path), join(dir, folder, path))
    }
  }
  return {
    file: path => join(dir, `${path}.js`),
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
