import type ts from 'typescript-5.9'
import { elementOf, promised, type Types } from './may-fit.ts'

const DEPTH_MAX = 16

export interface OriginParts extends Types {
  /** The file that declares `tools` and `context`. */
  declarationFile: ts.SourceFile
}

/** Where a value comes from: the only errors that count are about what tools and the context give, and take. */
export interface ToolOrigin {
  isDeclared(node: ts.Node | undefined): boolean
  /** A type that the declarations spell out, or a list or promise of such. */
  isDeclaredType(type: ts.Type, depth?: number): boolean
  /** A value that came from `tools` or `context`, whatever its type. */
  comesFromTools(expression: ts.Node, depth?: number): boolean
  /** A call of a tool, under whatever name. */
  isToolCall(node: ts.CallExpression): boolean
}

type Declared = Pick<ToolOrigin, 'isDeclared' | 'isDeclaredType'> & {
  isDeclaredSymbol(symbol: ts.Symbol | undefined): boolean
}

/** What the declarations of `tools` and `context` themselves contain. */
function createDeclared({ typescript, checker, declarationFile }: OriginParts): Declared {
  return { isDeclared, isDeclaredSymbol, isDeclaredType }

  function isDeclared(node: ts.Node | undefined): boolean {
    if (node?.getSourceFile() !== declarationFile) return false
    for (let at: ts.Node | undefined = node; at !== undefined; at = at.parent) {
      if (typescript.isClassDeclaration(at)) return false
      if (typescript.isVariableDeclaration(at)) return at.name.getText() !== 'console'
    }
    return true
  }

  function isDeclaredSymbol(symbol: ts.Symbol | undefined): boolean {
    return symbol?.declarations?.some(isDeclared) ?? false
  }

  function isDeclaredType(type: ts.Type, depth = 0): boolean {
    if (depth > DEPTH_MAX) return false
    if (type.isUnion()) return type.types.some(each => isDeclaredType(each, depth + 1))
    if (isDeclaredSymbol(type.aliasSymbol) || isDeclaredSymbol(type.symbol)) return true
    const inner = elementOf(checker, type) ?? promised(checker, type)
    return inner !== undefined && isDeclaredType(inner, depth + 1)
  }
}

export function createToolOrigin(parts: OriginParts): ToolOrigin {
  const { typescript, checker } = parts
  const { isDeclared, isDeclaredSymbol, isDeclaredType } = createDeclared(parts)
  return { isDeclared, isDeclaredType, comesFromTools, isToolCall }

  function isToolCall(node: ts.CallExpression): boolean {
    return isDeclared(checker.getResolvedSignature(node)?.declaration)
  }

  function comesFromTools(node: ts.Node, depth = 0): boolean {
    if (depth > DEPTH_MAX) return false
    const deeper = (next: ts.Node) => comesFromTools(next, depth + 1)
    if (typescript.isParenthesizedExpression(node) || typescript.isNonNullExpression(node))
      return deeper(node.expression)
    if (typescript.isAwaitExpression(node)) return deeper(node.expression)
    if (typescript.isPropertyAccessExpression(node) || typescript.isElementAccessExpression(node))
      return isDeclaredSymbol(checker.getSymbolAtLocation(node)) || deeper(node.expression)
    if (typescript.isCallExpression(node)) return isToolCall(node) || comesFromMethod(node, deeper)
    if (!typescript.isIdentifier(node)) return false
    const symbol = checker.getSymbolAtLocation(node)
    return (
      isDeclaredSymbol(symbol) || (symbol?.valueDeclaration !== undefined && declares(symbol.valueDeclaration, deeper))
    )
  }

  /** What a method of such a value gives: `text.split('\n')`. A reduction gives what its function makes. */
  function comesFromMethod({ expression }: ts.CallExpression, deeper: (node: ts.Node) => boolean): boolean {
    if (!typescript.isPropertyAccessExpression(expression)) return false
    return !/^(reduce|reduceRight|then|catch)$/.test(expression.name.text) && deeper(expression.expression)
  }

  function declares(declaration: ts.Declaration, deeper: (node: ts.Node) => boolean): boolean {
    if (typescript.isBindingElement(declaration)) {
      const pattern = declaration.parent
      const name = declaration.propertyName ?? declaration.name
      const property = typescript.isIdentifier(name) && checker.getTypeAtLocation(pattern).getProperty(name.text)
      const isOwn = typescript.isObjectBindingPattern(pattern) && property && isDeclaredSymbol(property)
      return isOwn || declares(pattern.parent, deeper)
    }
    if (typescript.isVariableDeclaration(declaration)) {
      if (declaration.type !== undefined) return false
      const loop = declaration.parent.parent
      if (typescript.isForOfStatement(loop)) return deeper(loop.expression)
      return declaration.initializer !== undefined && deeper(declaration.initializer)
    }
    return typescript.isParameter(declaration) && declaration.type === undefined && isElement(declaration, deeper)
  }

  /** The first parameter of a function that such a list's method calls for each of its elements. */
  function isElement(parameter: ts.ParameterDeclaration, deeper: (node: ts.Node) => boolean): boolean {
    const { parent } = parameter
    const call = parent.parent
    return parent.parameters[0] === parameter && typescript.isCallExpression(call) && comesFromMethod(call, deeper)
  }
}
