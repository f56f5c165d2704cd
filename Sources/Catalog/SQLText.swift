import Schema

/// SQL written from values: lists that mean the same under every setting of the session.
enum SQLText {
  /// The texts as an array of `name`, in a fixed order.
  static func nameArray(_ texts: some Sequence<String>) -> String {
    "ARRAY[\(texts.sorted().map(SQLLiteral.text).joined(separator: ", "))]::name[]"
  }
}
