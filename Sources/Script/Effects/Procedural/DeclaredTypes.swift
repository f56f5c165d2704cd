import CPgQuery
import Schema

extension EffectReader {
  /// Notes what the declarations of a PL/pgSQL block name: types, and tables with their columns.
  ///
  /// Unlike its statements they are looked up when the function is made, or where a `DO` block begins
  /// (PostgreSQL documentation, 43.3): `type "app.mood" does not exist`.
  mutating func useDeclaredTypes(of block: ProceduralBlock, variables: Set<String>) {
    for text in block.declaredTypes {
      if let row = text.droppingEnding("%rowtype") {
        read(row) { reader, _, names in reader.use(reader.relation(names)) }
      } else if let member = text.droppingEnding("%type") {
        read(member) { reader, _, names in
          // `amount%TYPE` and `invoice.amount%TYPE` may also copy a variable, or a field of one.
          guard names.count > 1, !variables.contains(names[0]) else { return }
          reader.useType(ofColumn: names)
        }
      } else {
        read(text) { reader, typeName, _ in _ = reader.typeInUse(typeName) }
      }
    }
  }

  /// Notes a column whose type is copied (`invoices.total%TYPE`), by the parts of its name.
  mutating func useType(ofColumn names: [String]) {
    let (owner, column) = relationAndPart(names)
    use(owner)
    if let schema = owner.schema { use(.column(schema, owner.name, column)) }
  }

  /// Reads the text of a type; one that does not parse names nothing that is known.
  private mutating func read(
    _ text: String, _ note: (inout EffectReader, PgQuery__TypeName, _ names: [String]) -> Void
  ) {
    _ = SyntaxTree.withStatements(of: "SELECT NULL::" + text) { statements in
      for statement in statements {
        SyntaxReflection.walk(message(statement)) { any in
          guard MessageKind(any) == .typeName else { return true }
          let typeName = any.cast(to: PgQuery__TypeName.self).pointee
          note(&self, typeName, names(typeName.n_names, typeName.names))
          return false
        }
      }
    }
  }
}

extension String {
  /// The text before an ending in small letters, however the text writes it; nil if it ends otherwise.
  fileprivate func droppingEnding(_ ending: String) -> String? {
    let trimmed = Substring(self).trimmingSpacesBehind
    guard trimmed.lowercased().hasSuffix(ending) else { return nil }
    return String(trimmed.dropLast(ending.utf8.count))
  }
}

extension Substring {
  /// Without the white space at its end.
  fileprivate var trimmingSpacesBehind: Substring {
    var rest = self
    while let last = rest.last, last.isWhitespace { rest.removeLast() }
    return rest
  }
}
