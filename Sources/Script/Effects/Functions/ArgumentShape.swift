import CPgQuery
import Schema

/// What an argument of a call shows of its type, by which overloads are told apart (PostgreSQL documentation, 10.3).
enum ArgumentShape: Equatable {
  /// A literal in quotes, which is of whatever type is wanted, most of all a text.
  case literal
  /// A number without fraction.
  case integer
  /// `ARRAY[…]`.
  case array
  /// A value with a type said.
  case type(String)
  /// Anything else.
  case open

  init(_ node: Node) {
    switch node.kind {
    case PG_QUERY__NODE__NODE_A_CONST:
      self = node.stringValue != nil ? .literal : node.integerValue != nil ? .integer : .open
    case PG_QUERY__NODE__NODE_A_ARRAY_EXPR: self = .array
    case PG_QUERY__NODE__NODE_TYPE_CAST:
      guard let type = node.pointee.type_cast.pointee.type_name?.pointee else {
        self = .open
        return
      }
      let name = names(type.n_names, type.names).last ?? ""
      self = .type(TypeSpelling.canonical(name + (type.n_array_bounds > 0 ? "[]" : "")))
    default: self = .open
    }
  }

  /// Whether an argument may go where a type is wanted.
  func fits(_ type: Substring) -> Bool {
    switch self {
    case .open, .literal: true
    case .integer:
      !type.hasSuffix("[]") && !Self.texts.contains(type)
        && !["boolean", "uuid", "jsonb", "json"].contains(type)
    case .array: type.hasSuffix("[]") || type.hasPrefix("any")
    case .type(let own):
      type.hasPrefix("any") || TypeSpelling.agree(own, String(type))
        || Self.texts.contains(type) && Self.texts.contains(own[...])
    }
  }

  /// The signatures that arguments fit, the preferred ones alone if there are any.
  static func choose<Choice>(
    _ choices: [Choice], for shapes: [ArgumentShape], signature: (Choice) -> String
  ) -> [Choice] {
    func types(_ choice: Choice) -> [Substring] {
      signature(choice).split(separator: ",").map { $0.drop { $0 == " " } }
    }
    // Which arguments the last parameter of a variadic function takes is not told apart.
    guard choices.allSatisfy({ types($0).count >= shapes.count }) else { return choices }
    let fitting = choices.filter { choice in
      zip(shapes, types(choice)).allSatisfy { $0.fits($1) }
    }
    guard fitting.count > 1 else { return fitting }
    let preferred = fitting.filter { choice in
      zip(shapes, types(choice)).allSatisfy { shape, type in
        switch shape {
        case .literal: texts.contains(type)
        case .integer: type == "integer"
        case .array, .open: true
        case .type(let own): TypeSpelling.agree(own, String(type))
        }
      }
    }
    return preferred.isEmpty ? fitting : preferred
  }

  private static let texts: Set<Substring> = ["text", "character varying", "name", "character"]
}
