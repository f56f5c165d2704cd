import Migrations

extension GraphDocument {
  /// The graph as a Mermaid flowchart, as Markdown viewers draw it.
  ///
  /// Phases are subgraphs, states are classes, requirements that nobody declared are dotted.
  public var mermaid: String {
    let names = Dictionary(
      nodes.enumerated().map { ($1.id, "m\($0)") }, uniquingKeysWith: { first, _ in first })
    var lines = ["flowchart TD"]
    for (index, group) in groups.enumerated() {
      if let phase = group.phase {
        lines.append("  subgraph p\(index)[\(MermaidText.quoted(phase))]")
        lines += group.nodes.compactMap { node in names[node.id].map { "    \(Self.node(node, named: $0))" } }
        lines.append("  end")
      } else {
        lines += group.nodes.compactMap { node in names[node.id].map { "  \(Self.node(node, named: $0))" } }
      }
    }
    for edge in edges {
      guard let from = names[edge.from], let to = names[edge.to] else { continue }
      let isDeclared = requirement(behind: edge)?.isDeclared ?? false
      lines.append("  \(to) \(isDeclared ? "-->" : "-.->") \(from)")
    }
    let used = Set(nodes.compactMap(\.state))
    for state in MigrationState.allCases where used.contains(state) {
      lines.append("  classDef \(state.rawValue) \(Self.style(of: state))")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func node(_ node: Node, named name: String) -> String {
    let shape = "\(name)[\(MermaidText.quoted(node.id.rawValue))]"
    return node.state.map { "\(shape):::\($0.rawValue)" } ?? shape
  }

  private static func style(of state: MigrationState) -> String {
    switch state {
    case .applied: "fill:#d5f5d5,stroke:#2e7d32,color:#000"
    case .pending: "fill:#fff,stroke:#555,color:#000"
    case .partial, .changed, .interrupted: "fill:#fff4c2,stroke:#b8860b,color:#000"
    case .failed, .missing: "fill:#ffd9cc,stroke:#c62828,color:#000"
    case .skipped, .archived, .superseded: "fill:#e0e0e0,stroke:#888,color:#444"
    }
  }
}
