import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writeTree } from '../temporary-tree.ts'

interface Published {
  name: string
  version: string
  tarball: Buffer
}

/** A package registry on loopback, for the npm client of this process. */
export interface Registry {
  /** Publishes a package with these files; returns its digest. */
  publish(name: string, version: string, files: Record<string, string>): string
  /** The tarballs that were asked for. */
  readonly downloads: string[]
  /** Puts npm's own settings back. */
  close(): void
}

export async function startRegistry(): Promise<Registry> {
  const room = mkdtempSync(join(tmpdir(), 'scriptbench-registry-'))
  const published: Published[] = []
  const downloads: string[] = []
  const server = createServer(({ url = '/' }, response) => {
    const wanted = published.find(entry => url === tarballPath(entry))
    const versions = published.filter(({ name }) => url === `/${name}`)
    if (wanted) {
      downloads.push(url)
      response.end(wanted.tarball)
    } else if (versions.length > 0) response.end(JSON.stringify(packument(versions, origin)))
    else response.writeHead(404).end('{}')
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const restore = setEnvironment({ npm_config_registry: origin, npm_config_cache: join(room, 'npm-cache') })
  return {
    downloads,
    publish(name, version, files) {
      const dir = join(room, `${name}-${version}`)
      writeTree(join(dir, 'package'), { ...files, 'package.json': JSON.stringify({ name, version }) })
      const tarball = execFileSync('tar', ['-czf', '-', 'package'], { cwd: dir })
      published.push({ name, version, tarball })
      return digest(tarball)
    },
    close() {
      restore()
      server.close()
      rmSync(room, { recursive: true, force: true })
    },
  }
}

/** Sets variables of this process; returns what puts them back. */
export function setEnvironment(values: Record<string, string>): () => void {
  const before = Object.keys(values).map(key => [key, process.env[key]] as const)
  Object.assign(process.env, values)
  return () => {
    for (const [key, value] of before) {
      if (value === undefined) delete process.env[key]
      else process.env[key] = value
    }
  }
}

function digest(tarball: Buffer): string {
  return `sha512-${createHash('sha512').update(tarball).digest('base64')}`
}

function tarballPath({ name, version }: Published): string {
  return `/${name}/-/${name}-${version}.tgz`
}

function packument(versions: readonly Published[], origin: string): unknown {
  const entries = versions.map(entry => {
    const { name, version, tarball } = entry
    return [version, { name, version, dist: { tarball: origin + tarballPath(entry), integrity: digest(tarball) } }]
  })
  const newest = versions.at(-1)
  return { name: newest?.name, 'dist-tags': { latest: newest?.version }, versions: Object.fromEntries(entries) }
}
