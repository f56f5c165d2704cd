import CPgQuery
import Schema

/// Reads the statements of one file, one after the other, for what they do.
///
/// One analyzer serves one file: what a statement means can hang on those before it (a search path, the kind of a
/// relation made earlier).
struct StatementAnalyzer {
  private var reader = EffectReader()

  /// Makes an analyzer that knows of no earlier statement.
  init() {}

  /// Makes an analyzer for a file that follows others, with the settings of a new session.
  ///
  /// Takes what is known out of the context: a second owner would have all of it copied at the first change.
  init(taking context: inout ScriptContext) {
    swap(&reader.known, &context.known)
    reader.searchPath = context.searchPath
    reader.sessionSearchPath = context.searchPath
  }

  /// Notes the schemas that a statement of the file makes whatever happens: before it, they are not there.
  mutating func noteSchemasMade(by statements: [String]) {
    for text in statements {
      // What cannot be parsed is reported when its turn comes.
      let made = SyntaxTree.withStatements(of: text) { nodes in
        nodes.compactMap { node -> String? in
          guard node.kind == PG_QUERY__NODE__NODE_CREATE_SCHEMA_STMT,
            node.pointee.create_schema_stmt.pointee.if_not_exists == 0
          else { return nil }
          return nonEmpty(node.pointee.create_schema_stmt.pointee.schemaname)
        }
      }
      guard case .success(let schemas) = made else { continue }
      for schema in schemas where !reader.known.contains(ObjectIdentity(.schema, name: schema)) {
        reader.known.missingSchemas.insert(schema)
      }
    }
  }

  /// What is known after the statements read so far.
  var context: ScriptContext {
    ScriptContext(known: reader.known, searchPath: reader.sessionSearchPath)
  }

  /// The schemas in which the next statement looks names up; nil if the file leaves that to the session.
  var searchPath: [String]? { reader.searchPath.isSet ? reader.searchPath.schemas : nil }

  /// Reads one statement, as the splitter cut it: without its final semicolon.
  ///
  /// - Parameter notNullAsCheck: whether `CHECK (column)` in it stands for `NOT NULL column`.
  mutating func analyze(_ text: String, notNullAsCheck: Bool = false) -> StatementAnalysis {
    // Moved out and in again: a second owner would have everything that is known copied at the first change.
    var reader = self.reader
    self.reader = EffectReader()
    defer { self.reader = reader }
    reader.begin()
    reader.readsNotNullAsCheck = notNullAsCheck
    let answer = SyntaxTree.withStatements(of: text) { statements -> StatementAnalysis in
      for statement in statements { reader.read(statement) }
      return reader.analysis(tag: statements.first.map(CommandTags.tag) ?? "")
    }
    switch answer {
    case .success(let analysis):
      return analysis
    case .failure(let error):
      let reason = "it cannot be parsed"
      return StatementAnalysis(tag: "", opacity: reason, repetition: .unknown(reason), syntaxError: error)
    }
  }
}
