/** A module for `node --import` that writes the main process's peak resident memory, in bytes, to a file at its end. */
export function peakRecorder(file: string): string {
  const source = `import { writeFileSync } from 'node:fs'
import { isMainThread } from 'node:worker_threads'
if (isMainThread) process.on('exit', () => writeFileSync(${JSON.stringify(file)}, String(process.resourceUsage().maxRSS * 1024)))`
  return `data:text/javascript,${encodeURIComponent(source)}`
}
