import Migrations
import Schema
import Script

extension Requirement {
  /// The reason that says most, in as few words as possible: `column telemetry.user_id`, `declared`.
  var shortReason: String {
    var best: (rank: Int, text: String) = (2, "declared")
    for case .uses(let object, _) in reasons {
      let rank = object.parent == nil ? 1 : 0
      if rank < best.rank { best = (rank, object.phrase) }
    }
    let others = reasons.count - 1
    return others > 0 ? "\(best.text) +\(others)" : best.text
  }
}

extension Requirement.Reason {
  /// `declared in signalbox.toml:40`, `uses column telemetry.user_id (line 12)`.
  var phrase: String {
    switch self {
    case .declared(let location): "declared in \(location)"
    case .uses(let object, let position): "uses \(object.phrase) (line \(position.line))"
    }
  }
}
