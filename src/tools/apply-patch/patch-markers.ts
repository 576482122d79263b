export const BEGIN_PATCH = '*** Begin Patch'
export const END_PATCH = '*** End Patch'
export const ADD_FILE = '*** Add File: '
export const DELETE_FILE = '*** Delete File: '
export const UPDATE_FILE = '*** Update File: '
export const MOVE_TO = '*** Move to: '
export const END_OF_FILE = '*** End of File'
export const ENVIRONMENT_ID = '*** Environment ID:'

export const FIRST_LINE_MESSAGE = `The first line of the patch must be '${BEGIN_PATCH}'`
export const LAST_LINE_MESSAGE = `The last line of the patch must be '${END_PATCH}'`
export const NO_LINES_MESSAGE = 'Update hunk does not contain any lines'

export function invalidHeader(text: string): string {
  return (
    `'${text}' is not a valid hunk header. Valid hunk headers: '*** Add File: {path}', ` +
    "'*** Delete File: {path}', '*** Update File: {path}'"
  )
}

export function unexpectedLine(line: string): string {
  return (
    `Unexpected line found in update hunk: '${line}'. Every line should start with ' ' (context line), ` +
    "'+' (added line), or '-' (removed line)"
  )
}

export function expectedContextMarker(line: string): string {
  return `Expected update hunk to start with a @@ context marker, got: '${line}'`
}

export function emptyUpdate(path: string): string {
  return `Update file hunk for path '${path}' is empty`
}
