import Schema

extension Snapshot {
  /// What stands behind a lock: `1.2 M rows, 340 MB`; nil where the catalog does not know, or there is next to nothing.
  func volume(of relation: ObjectIdentity) -> String? {
    guard case .relation(let detail) = self[relation]?.detail, detail.bytes >= Self.worthMentioning else {
      return nil
    }
    let rows = detail.estimatedRows.map { "\(Amounts.estimate($0)) rows, " } ?? ""
    return rows + Amounts.bytes(detail.bytes)
  }

  /// The size of a relation with its indexes.
  func bytes(of relation: ObjectIdentity) -> Int {
    if case .relation(let detail) = self[relation]?.detail { detail.bytes } else { 0 }
  }

  /// A table of less than this is locked and rewritten before anybody notices.
  private static var worthMentioning: Int { 1 << 20 }
}
