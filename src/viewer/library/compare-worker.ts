import { parentPort, workerData } from 'node:worker_threads'
import { compareRun } from './compare-run.ts'

const { folder } = workerData as { folder: string }
parentPort?.postMessage(await compareRun(folder))
