import CPgQuery
import Schema

extension EffectReader {
  /// `DO`: what the block does, as far as it can be told without running it.
  mutating func readDo(_ statement: PgQuery__DoStmt, node: Node) {
    var language = "plpgsql"
    for option in options(statement.n_args, statement.args) where option.name == "language" {
      language = option.arg?.stringValue?.lowercased() ?? language
    }
    guard language == "plpgsql" else {
      markOpaque("it runs \(language) code")
      noteRepetition(.unknown("it runs \(language) code"))
      return
    }
    // The PL/pgSQL parser aborts on a block that is not there.
    guard options(statement.n_args, statement.args).contains(where: { $0.name == "as" }) else {
      markOpaque("it has no code")
      noteRepetition(.unknown("it has no code"))
      return
    }
    guard depth < Self.deepestNesting else {
      markOpaque("it runs code that runs code, too deep to follow")
      return
    }
    let text = Deparser.statement(node)
    guard let block = ProceduralBlock.parse(text) else {
      markOpaque("its PL/pgSQL cannot be read")
      noteRepetition(.unknown("its PL/pgSQL cannot be read"))
      return
    }
    useDeclaredTypes(of: block, variables: block.variableNames)
    var run = ProceduralRun(variableNames: block.variableNames, text: text)
    for (name, expression) in block.defaults { run.assign(expression, to: name) }
    let outer = constants
    depth += 1
    run.perform(block.body, with: &self)
    depth -= 1
    constants = outer
  }

  /// How many texts may stand inside each other.
  static let deepestNesting = 8

  /// Reads the statements of a text that runs inside the statement at hand.
  mutating func readNested(_ text: String) {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.deepestNesting else {
      markOpaque("it runs code that runs code, too deep to follow")
      return
    }
    let read = SyntaxTree.withStatements(of: text) { statements in
      for statement in statements { self.read(statement) }
    }
    if case .failure = read { markOpaque("it runs a statement that cannot be parsed") }
  }
}
