import { availableParallelism, cpus, loadavg, totalmem } from 'node:os'

/** What a measurement was made on, and how busy it was when it ended. */
export interface Machine {
  node: string
  os: string
  cpu: string
  cores: number
  memoryGb: number
  load: number
}

export function thisMachine(): Machine {
  return {
    node: process.version,
    os: `${process.platform} ${process.arch}`,
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memoryGb: Math.round(totalmem() / 1024 ** 3),
    load: loadavg()[0] ?? 0,
  }
}
