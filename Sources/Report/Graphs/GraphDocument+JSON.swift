import Migrations
import Schema
import Script

extension GraphDocument {
  /// The graph as one JSON document.
  ///
  /// `{"project", "migrations": [{"id", "phase", "state"}], "requirements": [{"from", "to", "declared", "reasons":
  /// [{"kind", "object", "location"}]}], "order": [ID]}`; requirements are all of them, not only those that drawings
  /// show, and `order` is one in which the migrations can run.
  public var json: String {
    let shown = Set(nodes.map(\.id))
    let migrations = nodes.map { node in
      Self.object([
        ("id", Self.quoted(node.id.rawValue)), ("phase", node.phase.map(Self.quoted) ?? "null"),
        ("state", (node.state?.rawValue).map(Self.quoted) ?? "null"),
      ])
    }
    let requirements = graph.requirements.filter { shown.contains($0.from) && shown.contains($0.to) }
      .map { requirement in
        Self.object([
          ("from", Self.quoted(requirement.from.rawValue)), ("to", Self.quoted(requirement.to.rawValue)),
          ("declared", requirement.isDeclared ? "true" : "false"),
          (
            "reasons",
            "[" + requirement.reasons.map { reason($0, of: requirement) }.joined(separator: ", ") + "]"
          ),
        ])
      }
    let order = nodes.map { Self.quoted($0.id.rawValue) }
    return """
      {
        "project": \(Self.quoted(project)),
        "migrations": \(Self.list(migrations)),
        "requirements": \(Self.list(requirements)),
        "order": \(Self.list(order))
      }

      """
  }

  private func reason(_ reason: Requirement.Reason, of requirement: Requirement) -> String {
    switch reason {
    case .declared(let location):
      return Self.object([
        ("kind", Self.quoted("declared")), ("object", "null"),
        ("location", Self.quoted(location.description)),
      ])
    case .uses(let used, let position):
      let location = FileLocation(file: files[requirement.from] ?? "", position: position)
      return Self.object([
        ("kind", Self.quoted("uses")), ("object", Self.quoted(used.description)),
        ("location", Self.quoted(location.description)),
      ])
    }
  }

  private static func object(_ members: [(String, String)]) -> String {
    "{" + members.map { "\(quoted($0)): \($1)" }.joined(separator: ", ") + "}"
  }

  private static func list(_ elements: [String]) -> String {
    elements.isEmpty ? "[]" : "[\n    " + elements.joined(separator: ",\n    ") + "\n  ]"
  }

  /// A string as RFC 8259 writes it.
  private static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      case "\r": quoted += "\\r"
      case "\t": quoted += "\\t"
      case "\u{0}"..."\u{1F}":
        let digits = String(scalar.value, radix: 16)
        quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}
