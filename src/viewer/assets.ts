import { readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { extname, join } from 'node:path'
import { STYLE } from './style/style.ts'

/** The parts of the page's script, each after those it imports from. */
const CLIENT_PARTS = ['page-items', 'filters', 'folds', 'pairs', 'keyboard', 'live', 'main']

export interface Asset {
  type: string
  body: string
}

const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><rect width="16" height="16" rx="3" fill="#2f5d8c"/><path d="M4 4.5h5M4 8h8M4 11.5h3" stroke="#fff" stroke-width="1.6" stroke-linecap="round"/></svg>`

/** What pages load: all of it from here. */
export function viewerAssets(): Record<string, Asset> {
  return {
    'viewer.css': { type: 'text/css; charset=utf-8', body: STYLE },
    'viewer.js': { type: 'text/javascript; charset=utf-8', body: clientScript() },
    'icon.svg': { type: 'image/svg+xml', body: ICON },
  }
}

/**
 * The page's script as one classic file, because browsers do not load modules from a disk. Next to our own compiled code it
 * is compiled too; otherwise its types are taken out here.
 */
function clientScript(): string {
  const extension = extname(import.meta.filename)
  const parts = CLIENT_PARTS.map(name => {
    const source = readFileSync(join(import.meta.dirname, 'client', name + extension), 'utf8')
    const script = extension === '.ts' ? withoutTypes(source) : source
    return script
      .replace(/^import [^\n]*\n/gm, '')
      .replace(/^export \{[^\n]*\n/gm, '')
      .replace(/^export /gm, '')
  })
  return `'use strict'\n;(() => {\n${parts.join('\n')}\n})()\n`
}

/** Node says once that this function is experimental; that one warning is not for our users. */
function withoutTypes(source: string): string {
  const { emitWarning } = process
  process.emitWarning = () => undefined
  try {
    return stripTypeScriptTypes(source)
  } finally {
    process.emitWarning = emitWarning
  }
}
