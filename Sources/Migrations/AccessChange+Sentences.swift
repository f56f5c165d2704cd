import Schema

extension AccessChange {
  /// One thing that changes, as people read it.
  public struct Sentence: Sendable, Hashable {
    /// Whether a role reaches more or less.
    public var direction: Direction
    /// What changes: `authenticated SELECT on public.telemetry: rows by instance_key → own rows`.
    public var text: String
  }

  /// What changes, what widens first; commands of which the same is to be said are named together.
  public var sentences: [Sentence] {
    var groups: [Group] = []
    for cell in cells where cell.direction != .appears {
      if let index = groups.firstIndex(where: { $0.takes(cell) }) {
        groups[index].commands.append(cell.command)
      } else {
        groups.append(Group(cell: cell, commands: [cell.command]))
      }
    }
    let changes = groups.map { Sentence(direction: $0.cell.direction, text: $0.text) }
    let widening = changes.filter { $0.direction == .widens }
    return widening + changes.filter { $0.direction != .widens } + appearances
  }

  /// One sentence for each new object, with what each role reaches of it.
  private var appearances: [Sentence] {
    let new = Dictionary(grouping: cells.filter { $0.direction == .appears }, by: \.object)
    return new.keys.sorted().map { object in
      var roles: [(role: String, parts: [(words: String, commands: [String])])] = []
      for cell in new[object] ?? [] {
        if roles.last?.role != cell.role { roles.append((cell.role, [])) }
        let role = roles.count - 1
        if let part = roles[role].parts.firstIndex(where: { $0.words == cell.after.words }) {
          roles[role].parts[part].commands.append(cell.command)
        } else {
          roles[role].parts.append((cell.after.words, [cell.command]))
        }
      }
      let texts = roles.map { role, parts in
        let reached = parts.map { words, commands in
          commands == ["EXECUTE"] ? words : "\(commands.joined(separator: ", ")) \(words)"
        }
        return "\(role) \(reached.joined(separator: ", "))"
      }
      return Sentence(
        direction: .appears, text: "new \(object.qualifiedName): \(texts.joined(separator: "; "))")
    }
  }

  /// Cells of one role and object that change alike.
  private struct Group {
    var cell: Cell
    var commands: [String]

    func takes(_ other: Cell) -> Bool {
      cell.object == other.object && cell.role == other.role && cell.before == other.before
        && cell.after == other.after && cell.direction == other.direction
    }

    var text: String {
      let name = cell.object.qualifiedName
      let before = cell.before?.words ?? "new"
      if isExposed {
        let verbs = commands.map(Self.verb)
        let list =
          verbs.count > 1
          ? "\(verbs.dropLast().joined(separator: ", ")) and \(verbs.last ?? "")" : verbs.joined()
        return "exposed: \(cell.role) can now \(list) \(name): \(before) → \(cell.after.words)"
      }
      return "\(cell.role) \(commands.joined(separator: ", ")) on \(name): \(before) → \(cell.after.words)"
    }

    /// Whether rows that are not the role's own come into its reach where it had none.
    private var isExposed: Bool {
      guard cell.direction == .widens, cell.after.value != "own" else { return false }
      return cell.before.map { ["no grant", "no policy", "error", "impossible"].contains($0.value) } ?? true
    }

    private static func verb(_ command: String) -> String {
      switch command {
      case "SELECT": "read"
      case "INSERT": "add to"
      case "UPDATE": "change"
      case "DELETE": "delete from"
      case "EXECUTE": "call"
      default: "use"
      }
    }
  }
}

extension AccessChange.Direction {
  /// The direction in one word, for the head of a line.
  public var word: String {
    switch self {
    case .widens: "widens"
    case .narrows: "narrows"
    case .differs: "differs"
    case .appears: "new"
    }
  }
}
