import Testing

/// A change that somebody makes by hand, and what drift says of it.
struct HandChange: CustomTestStringConvertible {
  var sql: String
  var lines: [String]
  var testDescription: String { sql }

  init(_ sql: String, _ lines: String...) {
    self.sql = sql
    self.lines = lines
  }
}
