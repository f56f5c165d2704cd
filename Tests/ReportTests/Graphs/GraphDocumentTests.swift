import Migrations
import Schema
import Script
import Testing

@testable import Report

@Suite("The graph as a document")
struct GraphDocumentTests {
  private func document(only subset: Set<MigrationID>? = nil) -> GraphDocument {
    let table = ObjectIdentity.table("public", "say \"hi\"")
    func migration(_ id: MigrationID, _ effects: [Effect], requires: [MigrationID] = []) -> Migration {
      Migration(
        id: id, version: "", name: "", file: "\(id).sql",
        script: ParsedScript(statements: [
          Statement(
            index: 0, text: "", byteRange: 0..<0, position: SourcePosition(line: 3, column: 1), tag: "",
            effects: effects)
        ]),
        declaredRequirements: requires.map {
          DeclaredRequirement(id: $0, location: FileLocation(file: "signalbox.toml"))
        })
    }
    let migrations = [
      migration("001", [Effect(.creates, table)]), migration("002", [Effect(.alters, table)]),
      migration("003", [], requires: ["001", "002"]),
    ]
    let project = Project(
      name: "p", root: "p", migrations: migrations,
      phases: [Phase(name: "First \"one\"", migrations: ["001", "002"])], title: "A \\ B")
    return GraphDocument(
      project: project, graph: RequirementGraph(project),
      statuses: [MigrationStatus(id: "001", state: .applied), MigrationStatus(id: "002", state: .pending)],
      only: subset)
  }

  @Test("DOT has clusters, states and the edges that a drawing needs")
  func dot() {
    #expect(
      document().dot == """
        digraph "A \\\\ B" {
          rankdir=TB;
          node [shape=box, style="rounded,filled", fillcolor=white, fontname=monospace];
          subgraph cluster_0 {
            label="First \\"one\\"";
            "001" [fillcolor="palegreen", tooltip="applied"];
            "002" [fillcolor="white", tooltip="pending"];
          }
          "003";
          "001" -> "002" [style=dashed, tooltip="it creates table public.\\"say \\"\\"hi\\"\\"\\""];
          "002" -> "003" [tooltip="003 requires it (signalbox.toml)"];
        }

        """)
  }

  @Test("Mermaid has subgraphs, classes and the edges that a drawing needs")
  func mermaid() {
    #expect(
      document().mermaid == """
        flowchart TD
          subgraph p0["First #quot;one#quot;"]
            m0["001"]:::applied
            m1["002"]:::pending
          end
          m2["003"]
          m0 -.-> m1
          m1 --> m2
          classDef applied fill:#d5f5d5,stroke:#2e7d32,color:#000
          classDef pending fill:#fff,stroke:#555,color:#000

        """)
  }

  @Test("JSON has every requirement with its reasons")
  func json() {
    #expect(
      document().json == """
        {
          "project": "A \\\\ B",
          "migrations": [
            {"id": "001", "phase": "First \\"one\\"", "state": "applied"},
            {"id": "002", "phase": "First \\"one\\"", "state": "pending"},
            {"id": "003", "phase": null, "state": null}
          ],
          "requirements": [
            {"from": "002", "to": "001", "declared": false, "reasons": [{"kind": "uses", "object": "table public.\\"say \\"\\"hi\\"\\"\\"", "location": "002.sql:3:1"}]},
            {"from": "003", "to": "001", "declared": true, "reasons": [{"kind": "declared", "object": null, "location": "signalbox.toml"}]},
            {"from": "003", "to": "002", "declared": true, "reasons": [{"kind": "declared", "object": null, "location": "signalbox.toml"}]}
          ],
          "order": [
            "001",
            "002",
            "003"
          ]
        }

        """)
  }

  @Test("a part of the graph leads through what is left out, dotted")
  func part() {
    let part = document(only: ["001", "003"])
    #expect(part.edges == [ReducedEdge(from: "003", to: "001")])
    #expect(!part.json.contains("\"002\""))
  }
}
