import { spawn } from 'node:child_process'

/** Starts a program and waits for its end; what it prints is read and thrown away. Rejects unless it ends well. */
export function runProgram(
  file: string,
  args: readonly string[],
  options: { cwd: string; argv0?: string },
): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
    let stderr = ''
    child.stdout.resume()
    child.stderr.on('data', chunk => {
      stderr += chunk
    })
    child.on('error', reject)
    child.on('close', code => {
      if (code === 0) resolve()
      else reject(new Error(`${file} ended with ${code}: ${stderr.slice(0, 500)}`))
    })
  })
}
