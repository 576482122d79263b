import type { ToolFiles } from '../host/locate-tools.ts'
import type { PortProfile, PortReply, PortRequest } from './port-protocol.ts'

/** What is under test. */
export interface Port {
  /** How reports call it. */
  readonly name: string
  /**
   * Performs one call. Throws a `PortFault` when the port hangs, crashes, floods or does not give a valid reply; what it
   * started is then ended.
   */
  call(request: PortRequest, timeoutMs: number): Promise<PortReply>
  /** The files that its tools are written in, as far as they are known; absent for programs. */
  locate?(profile: PortProfile): Promise<ToolFiles>
  close(): Promise<void>
}
