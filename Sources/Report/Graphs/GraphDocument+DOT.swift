import Migrations

extension GraphDocument {
  /// The graph in the language of Graphviz: `dot -Tsvg`.
  ///
  /// Phases are clusters, states are colours, requirements that nobody declared are dashed.
  public var dot: String {
    var lines = [
      "digraph \(Self.quoted(project)) {",
      "  rankdir=TB;",
      "  node [shape=box, style=\"rounded,filled\", fillcolor=white, fontname=monospace];",
    ]
    for (index, group) in groups.enumerated() {
      if let phase = group.phase {
        lines.append("  subgraph cluster_\(index) {")
        lines.append("    label=\(Self.quoted(phase));")
        lines += group.nodes.map { "    \(Self.node($0))" }
        lines.append("  }")
      } else {
        lines += group.nodes.map { "  \(Self.node($0))" }
      }
    }
    lines += edges.map { edge in
      let requirement = requirement(behind: edge)
      var attributes: [String] = []
      if let requirement {
        if !requirement.isDeclared { attributes.append("style=dashed") }
        attributes.append("tooltip=\(Self.quoted(requirement.explanation))")
      } else {
        attributes.append("style=dotted")
      }
      return "  \(Self.quoted(edge.to.rawValue)) -> \(Self.quoted(edge.from.rawValue)) "
        + "[\(attributes.joined(separator: ", "))];"
    }
    lines.append("}")
    return lines.joined(separator: "\n") + "\n"
  }

  private static func node(_ node: Node) -> String {
    let name = quoted(node.id.rawValue)
    guard let state = node.state else { return "\(name);" }
    return "\(name) [fillcolor=\(quoted(color(of: state))), tooltip=\(quoted(state.rawValue))];"
  }

  private static func color(of state: MigrationState) -> String {
    switch state {
    case .applied: "palegreen"
    case .pending: "white"
    case .partial, .changed, .interrupted: "khaki"
    case .failed, .missing: "lightsalmon"
    case .skipped, .archived, .superseded: "lightgrey"
    }
  }

  private static func quoted(_ text: String) -> String {
    var quoted = "\""
    for character in text {
      switch character {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n", "\r\n", "\r": quoted += " "
      default: quoted.append(character)
      }
    }
    return quoted + "\""
  }
}
