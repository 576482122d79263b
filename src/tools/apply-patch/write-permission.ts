import { constants } from 'node:fs'
import { lstat, realpath } from 'node:fs/promises'
import { basename, dirname, join, posix } from 'node:path'
import type { OsSandbox } from '../../contracts/os-sandbox.ts'
import type { HostFiles } from '../host-files.ts'

/** What of a patch the sandbox's policy allows, by the paths' spelling: asked before anything is written. */
export function isPatchAllowed(paths: readonly string[], sandbox: OsSandbox): boolean {
  if (sandbox.policy === 'danger-full-access') return true
  if (sandbox.policy === 'read-only') return false
  // Without roots of its own the workspace is all there is, and the workspace's view lets nothing else be named.
  const { writableRoots } = sandbox
  return writableRoots === undefined || paths.every(path => isWritable(posix.normalize(path), writableRoots))
}

/** Files that can only be changed where a confined process could change them; links are followed first. */
export function confinedFiles(files: HostFiles, sandbox: OsSandbox): HostFiles {
  const { policy, writableRoots } = sandbox
  if (policy === 'danger-full-access' || (policy !== 'read-only' && writableRoots === undefined)) return files
  const check = async (path: string, keepsLastLink = false) => {
    if (policy !== 'read-only' && isWritable(await realPath(path, keepsLastLink), writableRoots ?? [])) return
    // What cannot be done anyway fails for its own reason.
    await lstat(dirname(path))
    throw Object.assign(new Error('not allowed by the sandbox'), { code: 'EACCES' })
  }
  return {
    open: async (path, flags) => {
      if ((flags & (constants.O_WRONLY | constants.O_RDWR)) !== 0) await check(path)
      return files.open(path, flags)
    },
    unlink: async path => {
      await check(path, true)
      await files.unlink(path)
    },
    mkdir: async path => {
      const isThere = await lstat(path).then(Boolean, () => false)
      if (!isThere) await check(path, true)
      await files.mkdir(path)
    },
  }
}

function isWritable(path: string, roots: readonly string[]): boolean {
  const isIn = (folder: string) => path === folder || path.startsWith(`${folder.replace(/\/$/, '')}/`)
  return roots.some(isIn) && !roots.some(root => isIn(posix.join(root, '.git')))
}

/** As far as it exists without links; what does not exist yet is appended. */
async function realPath(path: string, keepsLastLink: boolean): Promise<string> {
  if (keepsLastLink) return join(await realPath(dirname(path), false), basename(path))
  try {
    return await realpath(path)
  } catch {
    const parent = dirname(path)
    return parent === path ? path : join(await realPath(parent, false), basename(path))
  }
}
