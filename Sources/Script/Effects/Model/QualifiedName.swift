/// A name with its schema.
struct QualifiedName: Hashable, Sendable {
  var schema: String
  var name: String

  init(_ schema: String, _ name: String) {
    self.schema = schema
    self.name = name
  }
}
