import { chmod, cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import picomatch from 'picomatch'
import { defined } from '../../base/defined.ts'
import { UserError } from '../../contracts/errors.ts'
import type { NpmSource } from '../../contracts/suite.ts'
import { listTree } from '../folder-digest.ts'
import { type FileChange, oracleScript } from '../task/oracle-script.ts'
import { modulesFolder, packageFolder } from './package-folder.ts'
import { RUN_MJS, TEST_SH } from './verifier-files.ts'

/** Fills a folder with a source's `environment/workspace`, `tests` and, from a fixed version, `solution`. */
export async function layOut(source: NpmSource, cacheDir: string, dir: string): Promise<void> {
  const { package: name, version, integrity, mended } = source
  const defective = await packageFolder(cacheDir, { name, version, integrity })
  const workspace = join(dir, 'environment', 'workspace')
  const tests = join(dir, 'tests')
  await cp(defective, workspace, { recursive: true })
  await mkdir(tests, { recursive: true })
  if (mended)
    await layOutMended({ source, mended, defective, dir, folder: await packageFolder(cacheDir, { name, ...mended }) })
  if (source.install.length > 0) {
    const modules = await modulesFolder(cacheDir, source.install, source.lock)
    await cp(join(modules, 'node_modules'), join(workspace, 'node_modules'), {
      recursive: true,
      verbatimSymlinks: true,
    })
  }
  if (source.check !== undefined) await cp(source.check, join(tests, basename(source.check)))
  const plan = { testFiles: mended?.testFiles ?? [], check: source.check && basename(source.check) }
  await writeFile(join(tests, 'plan.json'), JSON.stringify(plan))
  await writeFile(join(tests, 'run.mjs'), RUN_MJS)
  await writeFile(join(tests, 'test.sh'), TEST_SH)
  await chmod(join(tests, 'test.sh'), 0o755)
}

interface Mended {
  source: NpmSource
  mended: NonNullable<NpmSource['mended']>
  /** The unpacked defective version and the unpacked fixed one. */
  defective: string
  folder: string
  dir: string
}

/** Hidden tests and oracle from the fixed version; the tests that it changed leave the workspace. */
async function layOutMended({ source, mended, defective, folder, dir }: Mended): Promise<void> {
  const label = `${source.id}: ${source.package}@${mended.version}`
  const testFolders = [...new Set(mended.testFiles.map(file => file.split('/')[0] as string))]
  const isTest = (path: string) => testFolders.includes(path.split('/')[0] as string)
  const changes = await changesBetween(defective, folder)
  for (const { path } of changes.filter(({ path }) => isTest(path)))
    await rm(join(dir, 'environment', 'workspace', path), { force: true })
  for (const name of testFolders)
    await cp(join(folder, name), join(dir, 'tests', 'files', name), { recursive: true }).catch(() => {
      throw new UserError(
        'suite-invalid',
        `${label} has no "${name}"; expected the test files ${mended.testFiles.join(', ')}`,
      )
    })
  const isFix = picomatch(mended.files, { dot: true })
  const fix = changes.filter(({ path }) => isFix(path) && !isTest(path))
  if (fix.length === 0)
    throw new UserError(
      'suite-invalid',
      `${label}: none of ${mended.files.join(', ')} differs; expected the files of the fix`,
    )
  const oracle = oracleScript(fix)
  if ('tooLarge' in oracle)
    throw new UserError(
      'suite-invalid',
      `${label}: ${oracle.tooLarge} is too large for an oracle's script; expected smaller files`,
    )
  const script = join(dir, 'solution', '01.ts')
  await mkdir(dirname(script), { recursive: true })
  await writeFile(script, oracle.script)
}

async function changesBetween(beforeDir: string, afterDir: string): Promise<FileChange[]> {
  const listed = [...(await listTree(beforeDir)), ...(await listTree(afterDir))]
  const paths = [...new Set(listed.filter(({ kind }) => kind === 'file').map(({ path }) => path))].sort()
  const changes = await Promise.all(
    paths.map(async path => {
      const before = await readFile(join(beforeDir, path)).catch(() => undefined)
      const after = await readFile(join(afterDir, path)).catch(() => undefined)
      return defined({ path, before, after })
    }),
  )
  return changes.filter(({ before, after }) => !before || !after || Buffer.compare(before, after) !== 0)
}
