import CPgQuery
import Schema

extension EffectReader {
  /// Notes what a function's body uses and gives what PostgreSQL itself keeps as dependencies.
  ///
  /// A body in SQL is checked when the function is made, so what it names must be there, and is locked as if it ran; one
  /// between `BEGIN ATOMIC` and `END` becomes a dependency. Of a PL/pgSQL body the types of its variables are checked too; the rest is looked up
  /// only when it runs: those uses are late-bound.
  mutating func readBody(
    of statement: PgQuery__CreateFunctionStmt, node: Node, traits: FunctionTraits, variables: Set<String>
  ) -> [ObjectIdentity] {
    let path = searchPath
    defer { searchPath = path }
    if let own = traits.searchPath { searchPath = SearchPath(setting: own) }
    if let body = statement.sql_body {
      // The body is parsed where the function is made: with the path of the session.
      searchPath = path
      return useQuery(body, variables: variables, isKept: !checksFunctionBodies).objects
    }
    guard let body = traits.body else { return [] }
    switch traits.language {
    case "sql":
      readLateOrChecked(isLate: !checksFunctionBodies) { reader in
        reader.useText(body, variables: variables, locking: reader.checksFunctionBodies)
      }
    case "plpgsql":
      guard let block = ProceduralBlock.parse(Deparser.statement(node)) else { break }
      let names = variables.union(block.variableNames)
      readLateOrChecked(isLate: !checksFunctionBodies) { $0.useDeclaredTypes(of: block, variables: names) }
      readLateOrChecked(isLate: true) { reader in
        for query in block.embeddedQueries { reader.useText(query.statementText, variables: names) }
      }
    default:
      break
    }
    return []
  }

  private mutating func readLateOrChecked(isLate: Bool, _ body: (inout EffectReader) -> Void) {
    let outer = isLateBound
    isLateBound = outer || isLate
    body(&self)
    isLateBound = outer
  }

  /// Notes what the statements of a text use; a text that does not parse uses nothing that is known.
  mutating func useText(_ text: String, variables: Set<String>, locking: Bool = false) {
    _ = SyntaxTree.withStatements(of: text) { statements in
      for statement in statements { useQuery(statement, variables: variables, locking: locking) }
    }
  }
}
