import type { Fuzzer } from './fuzzer.ts'

/** Every piece is harmless to run: nothing but folders is entered and nothing but a word or a patch is written. */
const SHELLS: readonly (readonly [string, string])[] = [
  ['bash', '-lc'],
  ['bash', '-lc'],
  ['bash', '-c'],
  ['sh', '-lc'],
  ['/bin/bash', '-lc'],
]
const BEFORE = [
  'cd foo && ',
  'cd "foo bar" && ',
  "cd 'foo' && ",
  'cd foo/deep && ',
  'cd foo\\ bar && ',
  'cd "" && ',
  "cd '' && ",
  'cd ./foo/../bar && ',
  'cd "foo"bar && ',
  'cd foo bar && ',
  'cd -- foo && ',
  'cd "$PWD" && ',
  'cd `pwd` && ',
  'cd {foo,bar} && ',
  'cd foo&&',
  'cd foo &&\n',
  'cd foo && \\\n',
  'cd foo &&  # note\n',
  'cd foo; ',
  'cd foo || ',
  'cd foo | ',
  'cd\tfoo && ',
  'cd foo && cd deep && ',
  '(cd foo) && ',
  '{ cd foo; } && ',
  'X=1 cd foo && ',
  'X=1 ',
  'X=$(pwd) ',
  'true && ',
  'true; ',
  '! ',
  'time ',
  'exec ',
  'command ',
  'env ',
  '\n',
  '  \n\n',
  '\r\n',
  ' ',
  '# note\n',
  'set -e\n',
  '>log ',
  '2>&1 ',
  '<in ',
  'if true; then ',
  '( ',
  '$(',
]
const COMMANDS = [
  'apply_patch',
  'applypatch',
  '"apply_patch"',
  'apply_patch -',
  '\\apply_patch',
  './apply_patch',
  'Apply_patch',
  'apply_patch\\\n',
  'apply_patch x',
  'cat',
]
const REDIRECTS = [
  "<<'P'",
  '<<P',
  '<< P',
  '<<"P"',
  '<<-P',
  "<<-'P'",
  '<<\\P',
  '<<P"Q"',
  "<<'P Q'",
  "<<''",
  '<<<',
  '0<<P',
  '<<P <<Q',
  '<<~P',
  "<< \t'P'",
  '<<$P',
  '<<P\\',
]
const AFTER = [
  ' ',
  ' > out',
  ' >> out',
  ' 2>&1',
  ' && echo hi',
  ' || true',
  ' | cat',
  ';',
  ' &',
  ' # note',
  ' x',
  ')',
  '\r',
  ' \\',
  ' && cd foo',
]
const ENDS = ['P', 'P ', ' P', '\tP', 'P;', 'P &', 'P)', 'P && echo hi', 'P\r', 'Q', 'PP', '', '"P"', "'P'", 'P Q']
const TAILS = [
  '\n',
  '\n\n',
  ' ',
  '\necho hi',
  '\n# note',
  '\n;',
  '\n&& echo hi',
  '\n)',
  '\nfi',
  '\r\n',
  '\n\nP',
  '\n\t',
]
const INSERTED = ['', ' ', '$X', '$(pwd)', '`pwd`', '$(', '${X', '\\', "'", '"', 'P', '\tP', '$((1))', '\\$X', '\r']

const PATCH = ['*** Begin Patch', '*** Add File: out.txt', '+hi', '*** End Patch']

/** Commands that are, or nearly are, a patch in disguise. */
export const heredocFuzzer: Fuzzer = {
  kind: 'heredoc',
  cases(fc) {
    const mostly = (usual: string, others: readonly string[], weight = 3) =>
      fc.oneof({ weight, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: fc.constantFrom(...others) })
    const script = fc
      .record({
        before: mostly('', BEFORE, 1),
        command: mostly('apply_patch', COMMANDS, 5),
        redirect: mostly("<<'P'", REDIRECTS, 2),
        space: mostly(' ', ['', '  ', '\t'], 6),
        after: mostly('', AFTER),
        inserted: fc.option(fc.record({ at: fc.integer({ min: 2, max: 3 }), text: fc.constantFrom(...INSERTED) }), {
          freq: 3,
        }),
        end: mostly('P', ENDS),
        tail: mostly('', TAILS),
      })
      .map(({ before, command, redirect, space, after, inserted, end, tail }) => {
        const body = inserted ? PATCH.toSpliced(inserted.at, 0, `+${inserted.text}`) : PATCH
        return `${before}${command}${space}${redirect}${after}\n${body.join('\n')}\n${end}${tail}`
      })
    return fc.record({ shell: fc.constantFrom(...SHELLS), script }).map(({ shell, script: text }) => ({
      line: { source: 'own', argv: [...shell, text] },
    }))
  },
}
