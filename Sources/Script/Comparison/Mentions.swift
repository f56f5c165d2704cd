import Schema

/// Where an expression or a query names objects.
struct Mentions {
  /// What stands at a place.
  enum Form {
    /// The name of a relation, a routine or a type, perhaps with its schema.
    case name
    /// The name of a relation in front of one of its columns, or alone for its whole row.
    case qualifier
    /// The name of a column, perhaps behind qualifiers.
    case column
    /// A name in a string (`nextval('a.b')`).
    case literal
  }

  /// One place.
  struct Mention {
    var object: ObjectIdentity
    var form: Form
    /// The first byte of the dotted name.
    var location: Int
    /// How many parts of the dotted name there are up to this one.
    var parts: Int
  }

  var all: [Mention] = []
  /// The names of columns whose table is not certain.
  var unknownColumns: Set<String> = []
  /// Where a query answers a column under its own name, and how many queries deep that is.
  var plainOutputs: [Int: Int] = [:]

  mutating func note(_ object: ObjectIdentity, _ form: Form, at location: Int32, parts: Int) {
    all.append(Mention(object: object, form: form, location: Int(location), parts: parts))
  }
}
