import Migrations

/// A project's graph of requirements, to be written as DOT, Mermaid or JSON.
///
/// Drawings leave out what follows from other edges (the transitive reduction) and point from what is needed to what
/// needs it, the way in which migrations run; JSON has every requirement with its reasons.
public struct GraphDocument: Sendable {
  /// A migration of the document.
  struct Node: Sendable {
    var id: MigrationID
    var phase: String?
    var state: MigrationState?
  }

  let project: String
  let graph: RequirementGraph
  let nodes: [Node]
  let files: [MigrationID: String]
  let edges: [ReducedEdge]

  /// Gathers what the document says.
  ///
  /// - Parameters:
  ///   - statuses: the states on a target; empty if none was asked.
  ///   - subset: the migrations to show, all of the graph if nil.
  public init(
    project: Project, graph: RequirementGraph, statuses: [MigrationStatus] = [],
    only subset: Set<MigrationID>? = nil
  ) {
    let states = Dictionary(statuses.map { ($0.id, $0.state) }, uniquingKeysWith: { first, _ in first })
    let phases = Dictionary(
      project.phases.flatMap { phase in phase.migrations.map { ($0, phase.name) } },
      uniquingKeysWith: { first, _ in first })
    self.project = project.title ?? project.name
    self.graph = graph
    nodes = graph.order.filter { subset?.contains($0) ?? true }.map { id in
      Node(id: id, phase: phases[id], state: states[id])
    }
    files = Dictionary(project.migrations.map { ($0.id, $0.file) }, uniquingKeysWith: { first, _ in first })
    edges = graph.reducedEdges(among: subset)
  }

  /// The requirement behind an edge; nil for one that leads through migrations that are not shown.
  func requirement(behind edge: ReducedEdge) -> Requirement? {
    graph.requirements(of: edge.from).first { $0.to == edge.to }
  }

  /// The nodes by phase, in the order in which the phases first appear; those without a phase have nil.
  var groups: [(phase: String?, nodes: [Node])] {
    var groups: [(phase: String?, nodes: [Node])] = []
    for node in nodes {
      if let index = groups.firstIndex(where: { $0.phase == node.phase }) {
        groups[index].nodes.append(node)
      } else {
        groups.append((node.phase, [node]))
      }
    }
    return groups
  }
}
