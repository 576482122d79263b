import type { JsonObject } from '../../contracts/json.ts'
import type { Fuzzer } from './fuzzer.ts'

const INDENTS = ['', ' ', '  ', '    ', '\t', '\t  ', '        ', '\t\t', '            ']
const TEXTS = ['def f():', 'x = 1', '# note', '// note', '-- note', '}', '', ' ', 'é日🙂', 'x\u00a0', '\u0085', 'a\0b']
const ENDINGS = ['\n', '\n', '\n', '\r\n', '\r', '\r\r\n']

/** Long lines, so that they are cut inside of characters of one to four bytes. */
const LONG = ['x', 'é', '日', '🙂'].flatMap(character =>
  [0, 1, 2, 3].map(shift => 'y'.repeat(shift) + character.repeat(Math.ceil(500 / Buffer.byteLength(character)) + 1)),
)

/** Bytes that are not UTF-8, of each sort that decoders treat differently. */
const BYTES = ['fe', 'c3', 'e697', 'f09f99', 'eda080', 'c080', 'f4908080', '80', 'e29882fee28c']

/** Texts over which blocks of equal indentation, slices and the cutting of lines are tried. */
export const readFileFuzzer: Fuzzer = {
  kind: 'readFile',
  cases(fc) {
    const line = fc.oneof(
      {
        weight: 12,
        arbitrary: fc
          .tuple(fc.constantFrom(...INDENTS), fc.constantFrom(...TEXTS))
          .map(parts => Buffer.from(parts.join(''))),
      },
      { weight: 1, arbitrary: fc.constantFrom(...LONG).map(text => Buffer.from(text)) },
      { weight: 1, arbitrary: fc.constantFrom(...BYTES).map(hex => Buffer.from(`61${hex}62`, 'hex')) },
    )
    const file = fc
      .record({
        lines: fc.array(fc.tuple(line, fc.constantFrom(...ENDINGS)), { maxLength: 14, size: 'max' }),
        hasFinalEnding: fc.integer({ min: 0, max: 3 }).map(number => number < 3),
      })
      .map(({ lines, hasFinalEnding }) =>
        Buffer.concat(
          lines.flatMap(([text, ending], index) =>
            index === lines.length - 1 && !hasFinalEnding ? [text] : [text, Buffer.from(ending)],
          ),
        ),
      )
    const number = fc.oneof(
      { weight: 8, arbitrary: fc.integer({ min: 1, max: 16 }) },
      { weight: 1, arbitrary: fc.nat(400) },
    )
    const indentation = fc.record(
      {
        anchor_line: number,
        max_levels: fc.nat(4),
        include_siblings: fc.boolean(),
        include_header: fc.boolean(),
        max_lines: number,
      },
      { requiredKeys: [] },
    )
    const path = fc.oneof(
      { weight: 12, arbitrary: fc.constant('{{CWD}}/f') },
      { weight: 1, arbitrary: fc.constantFrom('f', '{{CWD}}', '{{CWD}}/none', '{{CWD}}/f/', '{{CWD}}/./f', '') },
    )
    const args = fc.record(
      { file_path: path, offset: number, limit: number, mode: fc.constantFrom('slice', 'indentation'), indentation },
      { requiredKeys: ['file_path', 'mode'] },
    )
    return fc.record({ file, args }).map(({ file: bytes, args: given }) => ({
      line: { args: given as JsonObject, tags: ['fuzz'] },
      tree: { tree: { f: entryOf(bytes) } },
    }))
  },
}

/** In the form in which trees are read back. */
function entryOf(bytes: Buffer): JsonObject {
  const text = bytes.toString()
  return Buffer.from(text).equals(bytes) ? { f: text } : { f64: bytes.toString('base64') }
}
