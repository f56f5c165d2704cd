import Catalog
import Console
import Schema

extension TargetSession {
  /// Answers the Schema screen.
  func answer(_ request: SchemaRequest) async throws -> SchemaAnswer {
    switch request {
    case .inside: throw Trouble("no run has a transaction open")
    case .definition(let object): .definition(try await CatalogReader(connection).definition(of: object))
    case .rows(let relation, let offset):
      .rows(try await RowReader(connection).page(of: relation, offset: offset))
    }
  }
}
