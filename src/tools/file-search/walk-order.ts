import { opendirSync } from 'node:fs'
import { join } from 'node:path'

interface Branch {
  isWanted: boolean
  below: Map<string, Branch>
}

/**
 * The first `count` of some paths under a root in the order in which a single thread of upstream's walker meets them:
 * depth first, in each folder from the last name the file system gives to the first. Opens only the folders it needs.
 */
export function firstInWalkOrder(root: string, paths: readonly string[], count: number): string[] {
  const met: string[] = []
  const visit = (branch: Branch, path: string) => {
    if (branch.isWanted) met.push(path)
    if (branch.below.size === 0) return
    for (const name of namesBackwards(join(root, path))) {
      if (met.length >= count) return
      const next = branch.below.get(name)
      if (next) visit(next, path === '' ? name : `${path}/${name}`)
    }
  }
  visit(branches(paths), '')
  return met.slice(0, count)
}

function branches(paths: readonly string[]): Branch {
  const top: Branch = { isWanted: false, below: new Map() }
  for (const path of paths) {
    let branch = top
    for (const name of path === '' ? [] : path.split('/')) {
      const next = branch.below.get(name) ?? { isWanted: false, below: new Map() }
      branch.below.set(name, next)
      branch = next
    }
    branch.isWanted = true
  }
  return top
}

/** `readdir` would sort them. */
function namesBackwards(path: string): string[] {
  const names: string[] = []
  try {
    using folder = opendirSync(path, { bufferSize: 1024 })
    for (let entry = folder.readSync(); entry; entry = folder.readSync()) names.push(entry.name)
  } catch {}
  return names.reverse()
}
