import { mkdirSync, mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import type { CaseFolder } from '../check/case-folder.ts'
import { ownFolder } from '../leftovers.ts'

/** The folders outside its tree that a session's texts name, and what it remembers from call to call. */
export interface SessionPlaces {
  home: string
  /** First on PATH, empty. */
  arg0Dir: string
  filled(text: string): string
  emptied(text: string): string
  /** Keys of questions that were answered for the whole session. */
  allowed: Set<string>
}

/** Where no policy lets anything be written, unlike under /tmp. */
const PARENT = '/var/tmp'

/** The recording machine kept its sessions here; the corpus has the name in some commands. */
const RECORDED_ROOT = /\/tmp\/oc(?=\/)/g

const placesByFolder = new WeakMap<CaseFolder, SessionPlaces>()

/** The places of the session that runs in a folder; made at the first call, removed with the folder. */
export function placesOf(folder: CaseFolder): SessionPlaces {
  const places = placesByFolder.get(folder) ?? makePlaces(folder)
  placesByFolder.set(folder, places)
  return places
}

function makePlaces(folder: CaseFolder): SessionPlaces {
  const owned = ownFolder(mkdtempSync(join(PARENT, 'scriptbench-ports-')))
  const parent = owned.path
  folder.onRemove(owned[Symbol.dispose])
  const paths = {
    '{{OUT}}': join(parent, 'out'),
    '{{HOME}}': join(parent, 'home'),
    '{{ARG0DIR}}': join(parent, 'arg0'),
    '{{CODEX}}': join(parent, 'codex'),
  }
  for (const path of Object.values(paths)) mkdirSync(path)
  const pairs = Object.entries(paths)
  return {
    home: paths['{{HOME}}'],
    arg0Dir: paths['{{ARG0DIR}}'],
    filled: text => {
      const own = pairs.reduce((current, [name, path]) => current.replaceAll(name, path), text)
      return folder.filled(own.replace(RECORDED_ROOT, folder.root))
    },
    emptied: text => folder.emptied(pairs.reduce((current, [name, path]) => current.replaceAll(path, name), text)),
    allowed: new Set(),
  }
}
