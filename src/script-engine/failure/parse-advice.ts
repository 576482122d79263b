const NO_MODULES = 'a script has no modules: use `tools.*`, write helpers in the script itself, and `return` the result'

/** What to write instead of what cannot be parsed or stripped, or of what has no place in a script. */
const ADVICE: [pattern: RegExp, advice: string][] = [
  [/^enum is/, "write a constant object instead: `const Color = { Red: 'red' } as const`"],
  [/^namespace declaration is/, 'write a constant object with the same members instead'],
  [/^parameter property is/, 'declare the field in the class and assign it in the constructor'],
  [/^`import` and `export`|^import\.meta/, NO_MODULES],
  [/^await isn't allowed/, 'write `async` before the parameters of the function around it, and await what it returns'],
  [/^Unterminated template/, 'its closing backtick is missing; a backtick inside is written \\`'],
  [/^Unterminated string/, 'a text of several lines is written between backticks'],
  [/^Unexpected character '[\u2018-\u201F]'/, 'write straight quotes'],
  [/^Decorators/, 'call the function on the class or method yourself'],
  [/^JSX/, 'return plain objects, or build text with template strings'],
]

/** Parsers' messages in words that help; `$1` is the first group. */
const PLAINER: [pattern: RegExp, words: string][] = [
  [/^Expected (?:';', '\}' or <eof>|a semicolon)$/, 'Expected a line break or `;`'],
  [/^Unexpected eof$/, 'Unexpected end of the script'],
  [/^(Unexpected token `.*`)\. Expected (?:[^,]*,){2}.*$/s, '$1'],
  [/^The angle-bracket syntax .*$/s, '`<T>expr` is not supported; write `expr as T` instead'],
  [/^TypeScript (.*) is not supported in strip-only mode$/, '$1 is not supported'],
  [/^'import', and 'export' cannot be used .*$/, '`import` and `export` are not supported'],
  [/^undefined private field '(#.*)'$/, 'the class has no private field `$1`'],
  [/^cannot delete a direct reference.*$/, 'a variable cannot be deleted; set it to undefined'],
]

/** A parser's message in plain words, with what to write instead, if known. */
export function explainParseError(message: string): string {
  let plain = message
  for (const [pattern, words] of PLAINER) plain = plain.replace(pattern, words)
  const advice = ADVICE.find(([pattern]) => pattern.test(plain))?.[1]
  return advice === undefined ? plain : `${plain}; ${advice}`
}

/** The same for QuickJS's parser, which sees what Node's has let through; `text` is what is at its place. */
export function explainVmParseError(message: string, text: string): string {
  if (text.startsWith('@')) return explainParseError('Decorators are not supported')
  const name = /^[\p{ID_Start}$_#][\p{ID_Continue}$]*/u.exec(text)?.[0]
  const isTwice = /^invalid redefinition|already defined$|^duplicate (?:argument|parameter)/.test(message)
  return isTwice && name !== undefined ? `\`${name}\` is declared twice` : explainParseError(message)
}
